/** A demo's view, loaded on demand, and the properties it gets. */
import { lazy, useMemo, type ComponentType } from 'react';
import { loadView } from '@/demos/index';
import type { DemoDecl } from '@/lab/demo';
import type { Params } from '@/lab/schema';
import type { Session } from '@/lab/session';
import type { Playback, ViewProps } from '@/ui/view';
import { usePage, usePageState, useParams } from '../run/usePage';
import { useSettings } from '../settings';

const views = new Map<string, ComponentType<ViewProps>>();

export function viewOf(slug: string): ComponentType<ViewProps> {
  let view = views.get(slug);
  if (!view) {
    view = lazy(async () => ({ default: (await loadView(slug)) as ComponentType<ViewProps> }));
    views.set(slug, view);
  }
  return view;
}

export function useViewProps(demo: DemoDecl): ViewProps {
  const page = usePage();
  const { lang, dark, reducedMotion } = useSettings();
  const params = useParams();
  const run = usePageState((state) => state.run);
  const cpuOnly = usePageState((state) => state.cpuOnly);
  // Between sessions there is none: the one that ended must not be drawn.
  const session: Session | null = run.phase === 'ready' ? (page.runner?.session ?? null) : null;
  const ask = useMemo<ViewProps['ask']>(
    () => (work, late) =>
      page.runner?.ask(work, late) ?? Promise.reject(new DOMException('no session', 'AbortError')),
    [page],
  );
  return {
    params,
    set: page.set as (patch: Partial<Params>) => void,
    session,
    generation: run.frame,
    metrics: run.metrics,
    ask,
    playback: usePlayback(demo),
    cpuOnly,
    lang,
    t: (text) => text[lang],
    dark,
    reducedMotion,
  };
}

export function usePlayback(demo: DemoDecl): Playback | null {
  const page = usePage();
  const { playing, speed, steps } = usePageState((state) => state.run);
  return useMemo(
    () =>
      demo.process
        ? {
            playing,
            speed,
            step: steps,
            play: () => page.runner?.play(),
            pause: () => page.runner?.pause(),
            advance: (n) => void page.runner?.step(n).catch(() => undefined),
            setSpeed: (perSecond) => page.runner?.setSpeed(perSecond),
          }
        : null,
    [demo, page, playing, speed, steps],
  );
}

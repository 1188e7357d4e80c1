/** Measuring on the page: on both sides where two are compared, whose runners take turns. */
import type { Progress } from '@/lab/runnerState';
import type { Runner } from '@/lab/runner';
import type { Page, PageState } from '../run/page';
import { useComparing, useOther, useOtherState, usePage, usePageState } from '../run/usePage';

const isIdle = ({ run }: PageState): boolean =>
  run.phase === 'ready' && run.fresh && run.progress === undefined;

interface Measuring {
  /** Nothing runs on any side, and everything is up to date. */
  readonly idle: boolean;
  readonly pages: readonly Page[];
  start(work: (runner: Runner) => Promise<void>): void;
  /** The sides on which this is going on. */
  running(what: (progress: Progress) => boolean): readonly Page[];
}

export function useMeasuring(): Measuring {
  const page = usePage();
  const other = useOther();
  const comparing = useComparing();
  const idle = usePageState(isIdle);
  const otherIdle = useOtherState(isIdle);
  const progress = usePageState((state) => state.run.progress);
  const otherProgress = useOtherState((state) => state.run.progress);
  const sides = [{ page, progress }, ...(comparing ? [{ page: other, progress: otherProgress }] : [])];
  return {
    idle: idle && (!comparing || otherIdle),
    pages: sides.map((side) => side.page),
    start(work) {
      for (const { runner } of sides.map((side) => side.page)) {
        if (runner) void work(runner).catch(() => undefined);
      }
    },
    running: (what) => sides.filter((side) => side.progress && what(side.progress)).map((side) => side.page),
  };
}

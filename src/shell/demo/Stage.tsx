/** The demo's view with what is said about its run: progress, metrics, the check, the adapter; or the GPU doctor. */
import { Suspense, useId, useMemo } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { DemoDecl } from '@/lab/demo';
import { quantity } from '@/ui/format';
import { Stat, Stats } from '@/ui/Stat';
import { Doctor } from '../doctor/Doctor';
import { useTranslation } from '../i18n';
import { usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import { AdapterBadge } from './AdapterBadge';
import { Boundary } from './Boundary';
import { Playback } from './Playback';
import { RunProgress } from './RunProgress';
import style from './Stage.module.css';
import { Verified } from './Verified';
import { useViewProps, viewOf } from './viewOf';

export function Stage({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const id = useId();
  const failure = usePageState(
    (state) => state.failure ?? (state.run.phase === 'failed' ? state.run.error : undefined),
  );
  // What failed beside the result itself: a check, a measurement, a view's question. The result stands.
  const beside = usePageState(({ run }) => (run.phase === 'ready' ? run.error : undefined));
  const metrics = usePageState((state) => state.run.metrics);
  const named = Object.entries(demo.metrics).filter(([name]) => name in metrics);
  return (
    <section className={style.stage} aria-labelledby={id}>
      <h2 id={id} className="visually-hidden">
        {t('stage')}
      </h2>
      {failure !== undefined && <Doctor error={failure} />}
      <div
        className={style.view}
        data-part="view"
        data-failed={failure !== undefined || beside !== undefined || undefined}
      >
        <Boundary>
          <Suspense fallback={<div className={style.skeleton} />}>
            <View demo={demo} />
          </Suspense>
        </Boundary>
      </div>
      {demo.process && <Playback />}
      <div className={style.status}>
        <Verified />
        <AdapterBadge />
        <RunProgress />
      </div>
      {beside !== undefined && (
        <p role="alert" className={style.beside}>
          {sentenceOf(beside, lang)}
        </p>
      )}
      {Object.keys(demo.metrics).length > 0 && (
        <div className={style.metrics}>
          <Stats>
            {named.map(([name, { label, unit }]) => (
              <Stat key={name} label={label[lang]} value={quantity(metrics[name] ?? NaN, unit)} />
            ))}
          </Stats>
        </div>
      )}
    </section>
  );
}

export function View({ demo }: { readonly demo: DemoDecl }) {
  const props = useViewProps(demo);
  const Demo = useMemo(() => viewOf(demo.slug), [demo.slug]);
  // eslint-disable-next-line react-hooks/static-components -- one component per demo, kept by viewOf
  return <Demo {...props} />;
}

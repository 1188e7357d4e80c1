/** Everything measured on this page: the declared charts, and all contenders at the current parameters. */
import { useId } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { useTranslation } from '../i18n';
import { PageContext, usePageState } from '../run/usePage';
import { ChartPanel } from './ChartPanel';
import { Contest } from './Contest';
import style from './DemoPage.module.css';
import grid from './Charts.module.css';
import { MeasurementTable } from './MeasurementTable';
import { useMeasuring } from './useMeasuring';

export function Charts({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const measuring = useMeasuring();
  const id = useId();
  const measured = usePageState((state) => state.run.measurements.length > 0);
  // One after another in the runners' queues; cancelling ends those that wait too.
  const measureAll = (): void => {
    for (const chart of demo.charts) measuring.start((runner) => runner.sweep(chart));
  };
  return (
    <section className={style.section} aria-labelledby={id}>
      <h2 id={id}>{t('charts')}</h2>
      <p className={style.lead}>{t('charts.intro')}</p>
      <div className={grid.charts}>
        {demo.charts.map((chart) => (
          <ChartPanel key={chart.id} chart={chart} />
        ))}
      </div>
      {demo.charts.length > 1 && (
        <p className={grid.all}>
          <Button disabled={!measuring.idle} onClick={measureAll}>
            {t('charts.all')}
          </Button>
        </p>
      )}
      <div className={grid.head}>
        <h3>{t('charts.current')}</h3>
        <Button disabled={!measuring.idle} onClick={() => measuring.start((runner) => runner.measure())}>
          {measured ? t('charts.again') : t('charts.measure')}
        </Button>
      </div>
      {measured ? (
        measuring.pages.map((page) => (
          <PageContext key={page.side} value={page}>
            <Current side={measuring.pages.length > 1 ? page.side.toUpperCase() : ''} />
          </PageContext>
        ))
      ) : (
        <p className={style.lead}>{t('charts.empty')}</p>
      )}
      <Contest />
    </section>
  );
}

function Current({ side }: { readonly side: string }) {
  const { t } = useTranslation();
  const measurements = usePageState((state) => state.run.measurements);
  const kind = usePageState((state) => state.device?.caps.adapterKind ?? null);
  if (measurements.length === 0) return null;
  const label = [t('charts.current'), side].filter(Boolean).join(', ');
  return (
    <>
      {side !== '' && <h4>{side}</h4>}
      <MeasurementTable measurements={measurements} adapterKind={kind} label={label} />
    </>
  );
}

/** Everything measured on this page: the declared charts, and all contenders at the current parameters. */
import { useId } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { ChartPanel } from './ChartPanel';
import { Contest } from './Contest';
import style from './DemoPage.module.css';
import grid from './Charts.module.css';
import { MeasurementTable } from './MeasurementTable';

export function Charts({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const page = usePage();
  const id = useId();
  const { measurements, progress, phase, fresh } = usePageState((state) => state.run);
  const kind = usePageState((state) => state.device?.caps.adapterKind ?? null);
  const idle = phase === 'ready' && fresh && progress === undefined;
  const measureAll = (): void => {
    // One after another in the runner's queue; cancelling ends those that wait too.
    for (const chart of demo.charts) page.runner?.sweep(chart).catch(() => undefined);
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
          <Button disabled={!idle} onClick={measureAll}>
            {t('charts.all')}
          </Button>
        </p>
      )}
      <div className={grid.head}>
        <h3>{t('charts.current')}</h3>
        <Button disabled={!idle} onClick={() => void page.runner?.measure().catch(() => undefined)}>
          {measurements.length > 0 ? t('charts.again') : t('charts.measure')}
        </Button>
      </div>
      {measurements.length > 0 ? (
        <MeasurementTable measurements={measurements} adapterKind={kind} label={t('charts.current')} />
      ) : (
        <p className={style.lead}>{t('charts.empty')}</p>
      )}
      <Contest />
    </section>
  );
}

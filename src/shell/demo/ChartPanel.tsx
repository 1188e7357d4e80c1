/** One declared chart: measured on demand, point by point, with what is left, and cancelled at a click. */
import { useMemo } from 'react';
import type { ChartDecl } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import { quantity } from '@/ui/format';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './Charts.module.css';
import { gapsOf, linesOf, unitOf } from './lines';
import { RunProgress } from './RunProgress';

/** A first point timed again may differ by this much before anyone is told. */
const DRIFT = 0.2;

export function ChartPanel({ chart }: { readonly chart: ChartDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const sweep = usePageState((state) => state.run.sweeps[chart.id]);
  const { progress, phase, fresh } = usePageState((state) => state.run);
  const software = usePageState((state) => state.device?.caps.adapterKind === 'software');
  const mine = progress?.what === 'sweep' && progress.chart === chart.id;
  const idle = phase === 'ready' && fresh && progress === undefined;
  const gaps = gapsOf(sweep, lang);
  const badge = software ? t('run.software.short') : undefined;
  // The plot is costly to draw: it gets new lines only when there are any.
  const lines = useMemo(() => linesOf(chart, sweep, lang, badge), [chart, sweep, lang, badge]);
  const x = useMemo(() => ({ label: chart.x.label[lang], scale: chart.x.scale }), [chart, lang]);
  const y = useMemo(
    () => ({ label: chart.y.label[lang], scale: chart.y.scale, unit: unitOf(chart.y.field) }),
    [chart, lang],
  );
  return (
    <Chart
      title={chart.title[lang]}
      x={x}
      y={y}
      xValues={chart.x.values}
      lines={lines}
      aside={
        <Button disabled={!idle} onClick={() => void page.runner?.sweep(chart).catch(() => undefined)}>
          {sweep && !mine ? t('charts.again') : t('charts.measure')}
        </Button>
      }
    >
      <div className={style.below}>
        {mine && <RunProgress />}
        {sweep?.drift !== undefined && sweep.drift > DRIFT && (
          <p>{t('charts.drift', { percent: Math.round(sweep.drift * 100) })}</p>
        )}
        {gaps.map(({ x, why }) => (
          <p key={x}>{t('charts.failed', { x: quantity(x), why })}</p>
        ))}
      </div>
    </Chart>
  );
}

/** One declared chart: measured on demand, point by point, with what is left, and cancelled at a click. */
import { useMemo } from 'react';
import type { ChartDecl } from '@/lab/demo';
import type { Sweep } from '@/lab/runnerState';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import { quantity } from '@/ui/format';
import { useTranslation } from '../i18n';
import { PageContext, useComparing, useOtherState, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './Charts.module.css';
import { gapsOf, linesOf, unitOf } from './lines';
import { RunProgress } from './RunProgress';
import { useMeasuring } from './useMeasuring';

/** A first point timed again may differ by this much before anyone is told. */
const DRIFT = 0.2;

export function ChartPanel({ chart }: { readonly chart: ChartDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const measuring = useMeasuring();
  const comparing = useComparing();
  const sweep = usePageState((state) => state.run.sweeps[chart.id]);
  const second = useOtherState((state) => state.run.sweeps[chart.id]);
  const software = usePageState((state) => state.device?.caps.adapterKind === 'software');
  const running = measuring.running((progress) => progress.chart === chart.id);
  const softwareBadge = software ? t('run.software.short') : undefined;
  // The plot is costly to draw: it gets new lines only when there are any.
  const lines = useMemo(
    () =>
      comparing
        ? [
            ...linesOf(chart, sweep, lang, { softwareBadge, side: 'A' }),
            ...linesOf(chart, second, lang, { softwareBadge, side: 'B' }),
          ]
        : linesOf(chart, sweep, lang, { softwareBadge }),
    [chart, sweep, second, comparing, lang, softwareBadge],
  );
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
        <Button disabled={!measuring.idle} onClick={() => measuring.start((runner) => runner.sweep(chart))}>
          {sweep && running.length === 0 ? t('charts.again') : t('charts.measure')}
        </Button>
      }
    >
      <div className={style.below}>
        {running.map((page) => (
          <PageContext key={page.side} value={page}>
            <RunProgress />
          </PageContext>
        ))}
        <Remarks sweep={sweep} side={comparing ? 'A' : undefined} />
        {comparing && <Remarks sweep={second} side="B" />}
      </div>
    </Chart>
  );
}

interface RemarksProps {
  readonly sweep: Sweep | undefined;
  readonly side: string | undefined;
}

/** What could not be measured and why, and whether the machine was busy. */
function Remarks({ sweep, side }: RemarksProps) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const of = side === undefined ? '' : `${side}: `;
  return (
    <>
      {sweep?.drift !== undefined && sweep.drift > DRIFT && (
        <p>
          {of}
          {t('charts.drift', { percent: Math.round(sweep.drift * 100) })}
        </p>
      )}
      {gapsOf(sweep, lang).map(({ x, why }) => (
        <p key={x}>
          {of}
          {t('charts.failed', { x: quantity(x), why })}
        </p>
      ))}
    </>
  );
}

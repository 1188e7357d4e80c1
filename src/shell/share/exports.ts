/** The run on screen as a report and as a table. */
import type { Environment, Measurement, RunReport } from '@/lab/report';
import type { DemoDecl } from '@/lab/demo';
import { browserOf, browserText } from '../doctor/browser';
import type { Page, PageState } from '../run/page';

/** Everything measured: at the current parameters, then along the charts. */
function measuredIn({ run }: PageState): Measurement[] {
  const swept = Object.values(run.sweeps).flatMap(({ points }) =>
    points.flatMap(({ measurements }) => measurements),
  );
  return [...run.measurements, ...swept];
}

export async function reportOf({ demo, params, store }: Page): Promise<RunReport> {
  const state = store.getState();
  // Brings the report's schema with it: no part of the first load.
  const { buildReport, environmentOf } = await import('@/lab/buildReport');
  const browser = browserText(browserOf(navigator.userAgent));
  const host = { runtime: browser, browser };
  const none: Environment = { ...host, adapter: 'none', adapterKind: 'unknown', features: [], limits: {} };
  return buildReport({
    demo,
    params,
    startedAt: new Date(state.startedAt),
    environment: state.device ? environmentOf(host, state.device.caps) : none,
    measurements: measuredIn(state),
    checks: [...state.run.checks],
    series: [...state.run.series],
    metrics: { ...state.run.metrics },
  });
}

export async function csvOf(demo: DemoDecl, state: PageState): Promise<string> {
  const { measurementRow, sweepRows, toCsv } = await import('@/lab/csv');
  const adapter = state.device?.caps.adapter ?? 'none';
  const rows = [
    ...state.run.measurements.map((m) => ({ chart: '', ...measurementRow(m) })),
    ...demo.charts.flatMap((chart) => {
      const sweep = state.run.sweeps[chart.id];
      return sweep ? sweepRows(chart.x.param, sweep).map((row) => ({ chart: chart.id, ...row })) : [];
    }),
    ...state.run.series.flatMap(({ name, unit, x, y }) =>
      x.map((at, i) => ({ chart: `series ${name}`, x: at, y: y[i] ?? null, unit })),
    ),
  ];
  return toCsv(rows.map((row) => ({ ...row, adapter })));
}

/** Reads a report for this demo and applies it; throws a `LabError` that says what is wrong with the file. */
export async function readReport(text: string, name: string): Promise<RunReport> {
  const { parseReport } = await import('@/lab/buildReport');
  return parseReport(text, name);
}

/** A chart's points, one after another: a point that does not fit is an entry, not an end. */
import type { ChartDecl, DemoDecl } from './demo';
import type { Measurement } from './report';
import type { Sweep, SweepPoint } from './runnerState';
import type { Params } from './schema';
import type { Session } from './session';
import { strictRules } from './validate';

export interface SweepTask {
  readonly demo: DemoDecl;
  readonly session: Session;
  readonly params: Params;
  readonly chart: ChartDecl;
  readonly values: readonly number[];
  readonly budgetMs: number;
  /** Awaited before each point: a hidden page waits here, and the other side of a comparison has its turn. */
  readonly turn: () => Promise<void>;
  /** Whether this error ends the sweep rather than one point of it. */
  readonly fatal: (error: unknown) => Promise<boolean>;
}

/** Yields the sweep so far after every point, and once more when the first point was timed again. */
export async function* sweepChart(task: SweepTask, signal: AbortSignal): AsyncGenerator<Sweep> {
  const points: SweepPoint[] = [];
  yield { points: [], complete: false };
  for (const x of task.values) {
    points.push(await measureAt(task, x, signal));
    yield { points: [...points], complete: false };
  }
  const [first] = points;
  const drift =
    first && points.length > 1 ? driftOf(first, await measureAt(task, first.x, signal)) : undefined;
  yield { points, complete: true, ...(drift === undefined ? {} : { drift }) };
}

async function measureAt(task: SweepTask, x: number, signal: AbortSignal): Promise<SweepPoint> {
  await task.turn();
  signal.throwIfAborted();
  const { session, chart, budgetMs } = task;
  const measurements: Measurement[] = [];
  try {
    const params = paramsAt(task, x);
    for await (const measured of session.measure({ params, series: chart.series, budgetMs }, signal)) {
      measurements.push(measured);
    }
    signal.throwIfAborted();
    return { x, measurements };
  } catch (error) {
    if (signal.aborted || (await task.fatal(error))) throw error;
    return { x, measurements, error };
  }
}

/** The parameters at x: the others as they stand, except those that the chart holds. */
function paramsAt({ demo, params, chart }: SweepTask, x: number): Params {
  return strictRules(demo, { ...params, ...chart.hold, [chart.x.param]: x }, chart.x.param);
}

const lineOf = ({ name, device, variant, dtype }: Measurement): string =>
  [name, device, variant, dtype].join('/');

/** Largest |t′/t − 1| of any line measured both times; nothing where none was. */
function driftOf(first: SweepPoint, again: SweepPoint): number | undefined {
  const before = new Map(first.measurements.map((m) => [lineOf(m), m.timeMs?.median]));
  const drifts = again.measurements.flatMap((m) => {
    const [t, now] = [before.get(lineOf(m)), m.timeMs?.median];
    return t && now ? [Math.abs(now / t - 1)] : [];
  });
  return drifts.length > 0 ? Math.max(...drifts) : undefined;
}

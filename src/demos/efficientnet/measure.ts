/** Times and weighs a forward pass of the scaled network: on the GPU, and by the kernels' tuned TypeScript on one core. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { LabError, textOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { flopsOf, timeStep } from '@/tensor/onCpu';
import { NAME } from './charts';
import { currentOf, type Current } from './current';
import type { Latency } from './latency';
import type { Params } from './params';
import { walkOf } from './walk';

interface Timer {
  expectedMs(current: Pick<Current, 'counts'>): number;
  time(current: Current, signal: AbortSignal): Promise<Latency>;
}

export async function* measure(
  ctx: Pick<Context, 'pool'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
  timer?: Timer,
): AsyncGenerator<Measurement> {
  const current = currentOf(params);
  const wants = (device: 'gpu' | 'cpu', variant: string): boolean =>
    series?.some((line) => line.device === device && (line.variant ?? variant) === variant) ?? true;
  if (timer && wants('gpu', 'default')) yield await onGpu(timer, current, budgetMs, signal);
  if (wants('gpu', 'apart')) yield planned(current);
  if (wants('cpu', 'one-core')) yield await onCpu(ctx, current, budgetMs, signal);
}

const common = ({
  side,
  scales,
  counts,
}: Current): Pick<Measurement, 'name' | 'dtype' | 'shape' | 'flops' | 'bytes' | 'tuned'> => ({
  ...{ name: NAME, dtype: 'f32', tuned: false, bytes: 0, flops: 2 * counts.macs },
  shape: { resolution: side, width: scales.width, depth: scales.depth },
});

async function onGpu(
  timer: Timer,
  current: Current,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const { counts } = current;
  const about = { ...common(current), device: 'gpu', variant: 'default' } as const;
  const without = (note: Text): Measurement => ({
    ...about,
    ...{ timeMs: null, peakBytes: 0, workspaceBytes: counts.activations.shared, note },
  });
  const expected = timer.expectedMs(current) / 4;
  if (expected > budgetMs) return without(tooLong(budgetMs));
  try {
    const { timeMs, firstMs, peakBytes } = await timer.time(current, signal);
    const gflops = (2 * counts.macs) / timeMs.median / 1e6;
    const workspaceBytes = counts.activations.shared;
    return {
      ...about,
      timeMs,
      compileMs: Math.max(0, firstMs - timeMs.median),
      gflops,
      peakBytes,
      workspaceBytes,
    };
  } catch (error) {
    if (!(error instanceof LabError) || !/^gpu\.(memory|limit)$|^variant/.test(error.code)) throw error;
    return without(textOf(error));
  }
}

/** What the activations would take if none shared memory. */
const planned = (current: Current): Measurement => ({
  ...common(current),
  ...{ device: 'gpu', variant: 'apart', timeMs: null, peakBytes: current.counts.activations.apart },
  workspaceBytes: current.counts.activations.apart,
  note: { en: 'planned, not run: every tensor in memory of its own', zh: '仅规划，未运行：每个张量独占内存' },
});

async function onCpu(
  { pool }: Pick<Context, 'pool'>,
  current: Current,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const { counts } = current;
  const about = {
    ...common(current),
    device: 'cpu',
    variant: 'one-core',
    peakBytes: 0,
    workspaceBytes: 0,
  } as const;
  // Walking it once to have every layer's input takes about as long as a run.
  const { nodes, given } = walkOf(current);
  const time =
    counts.macs * CPU_MS_PER_MAC < budgetMs
      ? await timeStep(pool, { nodes, given }, 'one', budgetMs, signal)
      : null;
  if (!time) return { ...about, timeMs: null, note: tooLong(budgetMs) };
  return { ...about, timeMs: { ...time, method: 'performance' }, gflops: flopsOf(nodes) / time.median / 1e6 };
}

/** Tuned TypeScript does about a billion operations a second. */
const CPU_MS_PER_MAC = 2e-6;

const tooLong = (budgetMs: number): Text => ({
  en: `left out: longer than the time budget of ${budgetMs} ms`,
  zh: `已略去：超过 ${budgetMs} 毫秒的时间预算`,
});

/** Times and weighs a training step: each mode on the GPU, the same step on the CPU. */
import { Recorder } from '@/gpu/recorder';
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { summarise } from '@/lib/stats';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { initialValues, layoutOf } from '@/tensor/parameters';
import type { Training } from '@/tensor/training';
import { NAME } from './charts';
import { cpuStep, flopsOf, namedWeights, timeStep } from '@/tensor/onCpu';
import { modeDecls, modes, type Mode } from './modes';
import { newTraining } from './modeRun';
import type { Params } from './params';
import { taskOf, WEIGHTS } from './task';

const cpuVariants = { 'one-core': 'one', 'all-cores': 'all' } as const;
const SAMPLES = 10;

type Bench = Pick<Context, 'device' | 'scope' | 'pool' | 'files'>;

export async function* measure(
  ctx: Bench,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const wanted = series?.flatMap(({ variant }) => variant ?? []);
  const gpu = modes.filter((mode) => wanted?.includes(mode) ?? (mode === params.mode || mode === 'fp32'));
  for (const mode of gpu) {
    signal.throwIfAborted();
    yield await onGpu(ctx, mode, params, budgetMs, signal);
  }
  yield* measureOnCpu(ctx, { params, budgetMs, ...(series && { series }) }, signal);
}

/** What of it needs no GPU. */
export async function* measureOnCpu(
  ctx: Pick<Context, 'pool' | 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  for (const [variant, workers] of Object.entries(cpuVariants)) {
    if (series && !series.some((line) => line.variant === variant)) continue;
    signal.throwIfAborted();
    yield await onCpu(ctx, variant, workers, params, budgetMs, signal);
  }
}

async function onGpu(
  { device, scope, files }: Bench,
  mode: Mode,
  params: Params,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const task = taskOf(params, files);
  const own = scope.child('measure');
  try {
    const training = await newTraining(device, own, mode, params, task);
    for (const [name, host] of Object.entries(task.batch(params.batch, 0))) training.write(name, host);
    const { compute, update } = training.programs;
    const once = () => update.record(compute.record(new Recorder(device))).time(signal);
    await once();
    const first = await once();
    const times: number[] = [];
    const started = performance.now();
    while (
      times.length < 3 ||
      (times.length < SAMPLES && performance.now() - started < Math.min(budgetMs, 2000))
    )
      times.push((await once()).ms);
    const { activations } = training.memory;
    const flops = flopsOf(compute.nodes);
    const time = summarise(times);
    return {
      ...common(params, flops),
      ...{ device: 'gpu', variant: mode, dtype: modeDecls[mode].precision.format },
      timeMs: { ...time, method: first.method },
      gflops: flops / time.median / 1e6,
      peakBytes: own.peak,
      workspaceBytes: activations,
      note: pinned(training),
    };
  } finally {
    own.close();
  }
}

async function onCpu(
  { pool, files }: Pick<Bench, 'pool' | 'files'>,
  variant: string,
  workers: 'one' | 'all',
  params: Params,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const task = taskOf(params, files);
  const network = task.network(params.batch);
  const layout = layoutOf(network.parameters);
  const first = valuesOf(initialValues(layout, new Random(params.seed, WEIGHTS)));
  const step = cpuStep(network, namedWeights(layout.slices, first), task.batch(params.batch, 0));
  const time = await timeStep(pool, step, workers, budgetMs, signal);
  const flops = flopsOf(step.nodes);
  return {
    ...common(params, flops),
    ...{ device: 'cpu', variant, dtype: 'f32', peakBytes: 0, workspaceBytes: 0 },
    timeMs: time && { ...time, method: 'performance' },
    ...(time ? { gflops: flops / time.median / 1e6 } : { note: tooSlow }),
  };
}

const common = ({ batch, task }: Params, flops: number) => ({
  name: NAME,
  shape: { batch, ...(task === 'char' ? { context: 64 } : {}) },
  ...{ flops, bytes: 0, tuned: false },
});

const tooSlow: Text = { en: 'left out: longer than the time budget', zh: '已略去：超过时间预算' };

/** Variants are pinned, so that the same seed gives the same numbers: which ones ran, and how often in a step. */
function pinned({ programs: { compute } }: Training): Text {
  const counts = new Map<string, number>();
  compute.nodes.forEach(({ kernel }, i) => {
    const name = `${kernel.name}/${compute.bound[i]!.variant}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  const list = [...counts].map(([name, n]) => `${name}×${n}`).join(', ');
  return { en: `pinned variants: ${list}`, zh: `固定的变体：${list}` };
}

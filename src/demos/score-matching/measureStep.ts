/** Times and weighs a training step of the score network, on the GPU and on the CPU. */
import { Recorder } from '@/gpu/recorder';
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { summarise } from '@/lib/stats';
import type { Text } from '@/lib/text';
import { valuesOf } from '@/lib/tensor';
import { batchAt, firstRandom, Learner, type LearnerOptions } from '@/methods/score/learner';
import { networkOf } from '@/methods/score/objectives';
import { cpuStep, flopsOf, namedWeights, timeStep } from '@/tensor/onCpu';
import { initialValues, layoutOf } from '@/tensor/parameters';
import { TRAINING } from './charts';
import { ladderIn, mixtureOf } from './config';
import type { Params } from './params';

const SAMPLES = 10;
const cpuVariants = { 'one-core': 'one', 'all-cores': 'all' } as const;
const tooSlow: Text = { en: 'left out: longer than the time budget', zh: '已略去：超过时间预算' };

export async function* measureStep(
  ctx: Pick<Context, 'device' | 'scope' | 'pool' | 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const { objective, batch, width, rate, seed } = params;
  const mixture = await mixtureOf(params, ctx.files);
  const options = { objective, batch, width, rate, seed, mixture, sigmas: ladderIn(params).sigmas };
  if (!series || series.some(({ device }) => device === 'gpu'))
    yield await onGpu(ctx, options, budgetMs, signal);
  for (const [variant, workers] of Object.entries(cpuVariants)) {
    if (series && !series.some((line) => line.variant === variant)) continue;
    signal.throwIfAborted();
    yield await onCpu(ctx, variant, workers, options, budgetMs, signal);
  }
}

const common = ({ batch, width }: LearnerOptions, flops: number) => ({
  name: TRAINING,
  shape: { batch, width },
  ...{ dtype: 'f32', flops, bytes: 0, tuned: false },
});

async function onGpu(
  { device, scope }: Pick<Context, 'device' | 'scope'>,
  options: LearnerOptions,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const own = scope.child('measure');
  try {
    const { training } = await Learner.create(device, own, options);
    for (const [name, host] of Object.entries(batchAt(options, 0))) training.write(name, host);
    const { compute, update } = training.programs;
    const once = () => update.record(compute.record(new Recorder(device))).time(signal);
    await once();
    const { method } = await once();
    const times: number[] = [];
    const began = performance.now();
    while (
      times.length < 3 ||
      (times.length < SAMPLES && performance.now() - began < Math.min(budgetMs, 2000))
    )
      times.push((await once()).ms);
    const flops = flopsOf(compute.nodes);
    const time = summarise(times);
    return {
      ...common(options, flops),
      ...{ device: 'gpu', variant: options.objective },
      timeMs: { ...time, method },
      gflops: flops / time.median / 1e6,
      peakBytes: own.peak,
      workspaceBytes: training.memory.activations,
    };
  } finally {
    own.close();
  }
}

async function onCpu(
  { pool }: Pick<Context, 'pool'>,
  variant: string,
  workers: 'one' | 'all',
  options: LearnerOptions,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const network = networkOf(options.objective, options.batch, options.width);
  const layout = layoutOf(network.parameters);
  const first = valuesOf(initialValues(layout, firstRandom(options.seed)));
  const step = cpuStep(network, namedWeights(layout.slices, first), batchAt(options, 0));
  const time = await timeStep(pool, step, workers, budgetMs, signal);
  const flops = flopsOf(step.nodes);
  return {
    ...common(options, flops),
    ...{ device: 'cpu', variant, peakBytes: 0, workspaceBytes: 0 },
    timeMs: time && { ...time, method: 'performance' },
    ...(time ? { gflops: flops / time.median / 1e6 } : { note: tooSlow }),
  };
}

/** Times and weighs steps of the reverse SDE in the middle of its way, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { packed } from '@/methods/diffusion/mixture';
import { STAGE, tableOf } from '@/shaders/lib/stages';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { kernel } from '@/shaders/mixture-steps/kernel';
import { NAME } from './charts';
import { mixtureOf, programsOf, streams } from './config';
import type { Params } from './params';

const cpuNames: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all' };
const STEPS = 8;

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const { reverse } = programsOf(params);
  const middle = Math.max(1, Math.floor((reverse.length - STEPS) / 2));
  const stages = reverse.slice(middle, middle + STEPS).flatMap((step) => step.stages);
  const list = packed(await mixtureOf(params, ctx.files));
  const n = params.particles;
  const random = new Random(params.seed, streams.measured);
  const points = () => tensor('f32', [n, 2], random.normals(2 * n, Math.max(1, stages[0]?.std ?? 1)));
  const inputs = {
    ...{ x: points(), h: points(), a: points() },
    table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
    components: tensor('f32', [list.length / 8, 8], list),
    control: tensor('f32', [4], [0, 0, 0, 0]),
  };
  const wanted = series?.map(({ variant }) => cpuNames[variant ?? '']);
  const gpu = !series || series.some(({ device }) => device !== 'cpu');
  yield* measureKernel(
    ctx,
    kernel,
    inputs,
    { seed: params.seed, first: 0, count: stages.length },
    {
      name: NAME,
      ...(gpu ? {} : { variants: [] }),
      shape: { particles: n, components: list.length / 8, steps: stages.length },
      dtype: 'f32',
      cpu: wanted ? wanted.filter((cpu) => cpu !== undefined) : ['one', 'all'],
      budgetMs,
      tolerance: 1e-4,
      signal,
    },
  );
}

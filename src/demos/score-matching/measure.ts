/** Times and weighs ten annealed Langevin steps on the exact score, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { tensor } from '@/lib/tensor';
import { packed } from '@/methods/diffusion/mixture';
import { uniformStart } from '@/methods/score/starts';
import { STAGE, tableOf } from '@/shaders/lib/stages';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { kernel } from '@/shaders/mixture-steps/kernel';
import { CHAINS } from './charts';
import { mixtureOf, programOf, streams } from './config';
import type { Params } from './params';

const cpuNames: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all' };
const STEPS = 10;

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const mixture = await mixtureOf(params, ctx.files);
  const stages = programOf('annealed', params)
    .flatMap((step) => step.stages)
    .slice(1, 1 + STEPS);
  const list = packed(mixture);
  const n = params.particles;
  const x = uniformStart(mixture, n, params.seed, streams.start);
  const zeros = () => tensor('f32', [n, 2], new Float32Array(2 * n));
  const inputs = {
    ...{ x, h: zeros(), a: zeros() },
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
      name: CHAINS,
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

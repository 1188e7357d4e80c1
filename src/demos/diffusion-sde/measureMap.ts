/** Times and weighs the density's map: points of the frame through the flow to the prior, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { spreadOf } from '@/methods/diffusion/mixture';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { kernel } from '@/shaders/mixture-likelihood/kernel';
import { MAP } from './charts';
import { mixtureOf, streams } from './config';
import { componentsOf, probeAttrsOf, tableOf } from './likelihood';
import type { Params } from './params';

const cpuNames: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all' };

export async function* measureMap(
  ctx: Bench & Pick<Context, 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const mixture = await mixtureOf(params, ctx.files);
  const { particles: pixels, 'likelihood-steps': steps } = params;
  const components = componentsOf(mixture);
  const width = Math.sqrt(spreadOf(mixture));
  const x = new Random(params.seed, streams.measured).normals(2 * pixels, width);
  const inputs = { x: tensor('f32', [pixels, 2], x), table: tableOf(params, steps), components };
  const wanted = series?.map(({ variant }) => cpuNames[variant ?? '']);
  const gpu = !series || series.some(({ device }) => device !== 'cpu');
  yield* measureKernel(ctx, kernel, inputs, probeAttrsOf(params), {
    name: MAP,
    ...(gpu ? {} : { variants: [] }),
    shape: { pixels, components: components.shape[0]!, steps },
    dtype: 'f32',
    cpu: wanted ? wanted.filter((cpu) => cpu !== undefined) : ['one', 'all'],
    budgetMs,
    tolerance: 1e-4,
    signal,
  });
}

/** Times and weighs ten annealed Langevin steps on the exact score, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { tensor } from '@/lib/tensor';
import { measureStages } from '@/methods/diffusion/measureStages';
import { uniformStart } from '@/methods/score/starts';
import type { Bench } from '@/shaders/measure';
import { CHAINS } from './charts';
import { mixtureOf, programOf, streams } from './config';
import type { Params } from './params';

const STEPS = 10;

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  point: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const { params } = point;
  const { seed, particles: n } = params;
  const mixture = await mixtureOf(params, ctx.files);
  const stages = programOf('annealed', params)
    .flatMap((step) => step.stages)
    .slice(1, 1 + STEPS);
  const zeros = () => tensor('f32', [n, 2], new Float32Array(2 * n));
  const state = { x: uniformStart(mixture, n, seed, streams.start), h: zeros(), a: zeros() };
  yield* measureStages(ctx, { name: CHAINS, mixture, stages, counted: 'steps', state, seed }, point, signal);
}

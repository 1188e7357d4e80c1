/** Times and weighs steps of the reverse SDE in the middle of its way, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { measureStages } from '@/methods/diffusion/measureStages';
import type { Bench } from '@/shaders/measure';
import { NAME } from './charts';
import { mixtureOf, programsOf, streams } from './config';
import type { Params } from './params';

const STEPS = 8;

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  point: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const { params } = point;
  const { seed, particles: n } = params;
  const { reverse } = programsOf(params);
  const middle = Math.max(1, Math.floor((reverse.length - STEPS) / 2));
  const stages = reverse.slice(middle, middle + STEPS).flatMap((step) => step.stages);
  const random = new Random(seed, streams.measured);
  const points = () => tensor('f32', [n, 2], random.normals(2 * n, Math.max(1, stages[0]?.std ?? 1)));
  const state = { x: points(), h: points(), a: points() };
  const mixture = await mixtureOf(params, ctx.files);
  yield* measureStages(ctx, { name: NAME, mixture, stages, counted: 'steps', state, seed }, point, signal);
}

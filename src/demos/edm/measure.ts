/** Times and weighs one step of the sampler, in the middle of its way, on the GPU and on the CPU. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { measureStages } from '@/methods/diffusion/measureStages';
import type { Bench } from '@/shaders/measure';
import { NAME } from './charts';
import { mixtureOf, programOf } from './config';
import type { Params } from './params';

const NOISE = 2 ** 31 + 2;

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  point: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const { params } = point;
  const { seed, particles: n } = params;
  const program = programOf(params);
  const { stages } = program[Math.ceil((program.length - 1) / 2)]!;
  const std = stages[0]?.std ?? 1;
  const random = new Random(seed, NOISE);
  const points = () => tensor('f32', [n, 2], random.normals(2 * n, Math.max(1, std)));
  yield* measureStages(
    ctx,
    {
      ...{ name: NAME, mixture: await mixtureOf(params, ctx.files), stages, counted: 'stages', seed },
      state: { x: points(), h: points(), a: points() },
      meanScore: Math.sqrt(Math.PI / 2) / (std || 1),
    },
    point,
    signal,
  );
}

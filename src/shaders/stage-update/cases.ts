/** Particles of every size modulo four, halves, images, every kind of stage, and streams at the end of their range. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import type { UpdateAttrs } from './kernel';

const dense: Stage = {
  ...{ s: 0.8, std: 0.6, evaluates: true },
  x: [0.5, 0.25, -0.125, 0.4, 0.1],
  h: [0.3, -0.6, 0.2, -0.2, 0.05],
  a: [-0.4, 0.3, 0.7, 0.1, -0.2],
};
const still: Stage = { ...dense, x: [0.5, 0.25, -0.125, 0.4, 0], h: [0, 1, 0, 0, 0], a: [0, 0, 0, 1, 0] };
const stir: Stage = {
  ...{ s: 1, std: 0, evaluates: false },
  ...{ x: [0, 0, 0, 0, 2], h: [0, 1, 0, 0, 0], a: [0, 0, 1, 0, 0] },
};
const langevin: Stage = { ...still, langevin: 0.3 };
const kinds = { dense, still, stir, langevin };

interface Setup extends Partial<UpdateAttrs> {
  readonly shape: readonly number[];
  readonly kind?: keyof typeof kinds;
  readonly type?: 'f32' | 'f16';
}

function make(
  name: string,
  { shape, kind = 'dense', type = 'f32', seed = 7, first = 0 }: Setup,
): Case<UpdateAttrs> {
  return {
    name: `${name} [${shape.join(' ')}] ${kind} ${type}`,
    attrs: { seed, first },
    tolerance: 1e-5,
    inputs(random) {
      const of = (dtype: 'f32' | 'f16') => tensor(dtype, shape, random.normals(sizeOf(shape)));
      const stages = Array.from({ length: first + 2 }, (_, i) => (i === first ? kinds[kind] : langevin));
      return {
        ...{ x: of('f32'), h: of('f32'), a: of('f32'), denoised: of(type) },
        table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
        control: tensor('f32', [4], [1.7, 0, 0, 0]),
      };
    },
  };
}

export const cases: Cases<UpdateAttrs> = {
  cases: [
    make('one number', { shape: [1, 1] }),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((d) => make('sizes', { shape: [37, d], first: d })),
    make('images', { shape: [5, 28, 28, 1] }),
    make('halves', { shape: [31, 5], type: 'f16' }),
    make('halves in vectors', { shape: [31, 12], type: 'f16' }),
    make('without noise', { shape: [33, 2], kind: 'still' }),
    make('noise alone', { shape: [33, 2], kind: 'stir', seed: 2 ** 32 - 1 }),
    make('Langevin', { shape: [33, 3], kind: 'langevin', first: 5 }),
  ],
  random: (random: Random) =>
    make('random', {
      shape: [random.int(1, 60), random.int(1, 40)],
      kind: random.pick(['dense', 'still', 'stir', 'langevin']),
      type: random.pick(['f32', 'f16']),
      seed: random.bits(),
      first: random.int(0, 9),
    }),
  timing: [make('images', { shape: [64, 28, 28, 1] }), make('particles', { shape: [131072, 2] })],
};

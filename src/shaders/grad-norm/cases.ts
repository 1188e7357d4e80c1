/** Gradients with planted infinities and NaN, scaled up, tiny, of odd sizes; the rest of the block stays. */
import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { controlOf, CONTROL_SIZE } from '@/shaders/lib/control';

interface Setup {
  readonly shape: readonly number[];
  readonly type?: 'f32' | 'f16';
  readonly scale?: number;
  readonly planted?: readonly number[];
  readonly lossScale?: number;
}

const make = (name: string, setup: Setup): Case<NoAttrs> => ({
  name: `${name} [${setup.shape.join(' ')}] ${setup.type ?? 'f32'}`,
  attrs: {},
  tolerance: 1e-5,
  inputs(random: Random) {
    const { shape, type = 'f32', scale = 1, planted = [], lossScale = 1 } = setup;
    const x = random.normals(sizeOf(shape), scale);
    planted.forEach((value) => (x[random.int(0, x.length - 1)] = value));
    const block = controlOf({ SCALE: lossScale, SQUARES: 1.5, NOT_FINITE: 2, SKIPPED: 3 });
    return { x: tensor(type, shape, x), control: tensor('f32', [CONTROL_SIZE], block) };
  },
});

const hostile = [
  make('one number', { shape: [1] }),
  make('odd size', { shape: [37, 101] }),
  make('halves', { shape: [7, 33], type: 'f16' }),
  make('an infinity', { shape: [1001], planted: [Infinity] }),
  make('all kinds', { shape: [999], planted: [Infinity, -Infinity, NaN] }),
  make('all kinds of halves', { shape: [999], type: 'f16', planted: [Infinity, -Infinity, NaN] }),
  make('scaled', { shape: [64, 64], scale: 65536, lossScale: 65536 }),
  make('scaled halves', { shape: [64, 64], type: 'f16', scale: 4000, lossScale: 2 ** 14 }),
  make('subnormal halves', { shape: [500], type: 'f16', scale: 2 ** -20, lossScale: 2 ** -20 }),
  make('a million', { shape: [1_000_003], scale: 0.01 }),
];

export const cases: Cases<NoAttrs> = {
  cases: hostile,
  random: (random) =>
    make('random', {
      shape: [random.int(1, 60), random.int(1, 60)],
      type: random.pick(['f32', 'f16']),
      planted: random.pick([[], [NaN], [Infinity]]),
      lossScale: 2 ** random.int(-2, 4),
    }),
  timing: [make('a million', { shape: [1024, 1024] })],
};

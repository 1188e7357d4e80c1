/** Shapes and values that break softmax written carelessly, random ones, and shapes to time. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { SoftmaxAttrs } from './dims';

interface Setup {
  readonly shape: readonly number[];
  readonly axis?: number;
  readonly dtype?: 'f32' | 'f16';
  readonly scale?: number;
  readonly plant?: (x: Float32Array, random: Random) => void;
}

function make(
  name: string,
  { shape, axis = -1, dtype = 'f32', scale = 1, plant }: Setup,
): Case<SoftmaxAttrs> {
  return {
    name: `${name} [${shape.join(' ')}] axis ${axis}${dtype === 'f16' ? ' f16' : ''}`,
    attrs: { axis },
    inputs(random) {
      const x = random.normals(sizeOf(shape), scale);
      plant?.(x, random);
      return { x: tensor(dtype, shape, x) };
    },
  };
}

const hostile = [
  make('one number', { shape: [1] }),
  make('one element a row', { shape: [5, 1] }),
  make('a vector', { shape: [1001] }),
  make('odd rows', { shape: [7, 33] }),
  make('four axes', { shape: [2, 3, 5, 70] }),
  make('first axis', { shape: [67, 5], axis: 0 }),
  make('middle axis', { shape: [3, 41, 6], axis: 1 }),
  make('axis from the end', { shape: [3, 9, 50], axis: -2 }),
  make('all five axes', { shape: [2, 3, 2, 7, 3], axis: 2 }),
  make('more than 65535 workgroups', { shape: [70000, 3] }),
  make('logits of ±1e4', { shape: [20, 300], scale: 1e4 }),
  make('all near −5e4', { shape: [9, 130], plant: (x) => x.forEach((v, i) => (x[i] = v - 5e4)) }),
  make('largest floats', {
    shape: [4, 70],
    plant: (x) => x.forEach((v, i) => (x[i] = v > 0 ? 1.5e38 : -1.5e38)),
  }),
  make('equal values', { shape: [3, 257], plant: (x) => x.fill(88.5) }),
  make('subnormals', { shape: [5, 64], scale: 1e-39 }),
  make('one outlier', { shape: [6, 200], plant: (x, random) => (x[random.int(0, x.length - 1)] = 500) }),
  make('rows', { shape: [33, 129], dtype: 'f16' }),
  make('odd rows', { shape: [7, 5, 3], dtype: 'f16', axis: 1 }),
  make('large logits', { shape: [12, 91], dtype: 'f16', scale: 5000 }),
];

function randomCase(random: Random): Case<SoftmaxAttrs> {
  const rank = random.int(1, 4);
  const shape = Array.from({ length: rank }, () => random.pick([1, random.int(2, 9), random.int(2, 40)]));
  const axis = random.int(-rank, rank - 1);
  return make('random', {
    shape,
    axis,
    dtype: random.pick(['f32', 'f16']),
    scale: random.pick([1e-3, 1, 30, 2000]),
  });
}

const timing = [256, 1024, 4096].map((n) => make('rows', { shape: [4096, n] }));

export const cases: Cases<SoftmaxAttrs> = { cases: hostile, random: randomCase, timing };

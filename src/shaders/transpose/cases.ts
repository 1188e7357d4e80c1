/** Every kind of permutation, sizes of 1, odd sizes, halves; a copy is exact. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { TransposeAttrs } from './dims';

const make = (
  name: string,
  shape: readonly number[],
  perm: TransposeAttrs['perm'],
  type: 'f32' | 'f16' = 'f32',
): Case<TransposeAttrs> => ({
  name: `${name} [${shape.join(' ')}] by ${perm === null ? 'reversing' : `[${String(perm)}]`} ${type}`,
  attrs: { perm },
  tolerance: 0,
  why: 'a copy is exact',
  inputs: (random) => ({ x: tensor(type, shape, random.normals(sizeOf(shape))) }),
});

const hostile = [
  make('no axes', [], []),
  make('one number', [1], null),
  make('a vector', [17], [0]),
  make('a matrix', [33, 65], null),
  make('a matrix', [64, 32], [1, 0], 'f16'),
  make('nothing', [5, 8, 4], [0, 1, 2]),
  make('heads', [2, 9, 4, 16], [0, 2, 1, 3]),
  make('heads', [2, 9, 3, 8], [0, 2, 1, 3], 'f16'),
  make('queries, keys and values', [2, 7, 3, 4, 8], [2, 0, 3, 1, 4]),
  make('channels last', [2, 3, 11, 13], [0, 2, 3, 1]),
  make('channels first', [2, 11, 13, 8], [0, -1, 1, 2]),
  make('five axes', [2, 3, 5, 2, 7], [4, 2, 0, 3, 1]),
  make('sizes of 1', [1, 6, 1, 4], [2, 1, 0, 3]),
  make('odd halves', [3, 5, 7], [2, 0, 1], 'f16'),
  make('more than 65535 workgroups', [4, 65536 * 65], null),
];

function randomCase(random: Random): Case<TransposeAttrs> {
  const rank = random.int(1, 5);
  const shape = Array.from({ length: rank }, () => random.pick([1, 2, 4, random.int(2, 9)]));
  const perm = shape.map((_, axis) => axis);
  for (let i = rank - 1; i > 0; i--) {
    const j = random.int(0, i);
    [perm[i], perm[j]] = [perm[j]!, perm[i]!];
  }
  return make('random', shape, perm, random.pick(['f32', 'f16']));
}

const timing = [make('a matrix', [2048, 1024], null), make('heads', [32, 64, 4, 64], [0, 2, 1, 3])];
export const cases: Cases<TransposeAttrs> = { cases: hostile, random: randomCase, timing };

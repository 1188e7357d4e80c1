/** Counts are exact: edges of every range, all exponents, specials, counters that hold something already. */
import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { COUNTS } from './counts';

const make = (
  name: string,
  shape: readonly number[],
  type: 'f32' | 'f16',
  values: (n: number, random: Random) => ArrayLike<number>,
): Case<NoAttrs> => ({
  name: `${name} [${shape.join(' ')}] ${type}`,
  attrs: {},
  tolerance: 0,
  why: 'counts are whole numbers',
  inputs: (random) => ({
    x: tensor(type, shape, values(sizeOf(shape), random)),
    counts: tensor(
      'u32',
      [COUNTS],
      Uint32Array.from({ length: COUNTS }, (_, i) => i),
    ),
  }),
});

const normal = (n: number, random: Random): Float32Array => random.normals(n);
const wide = (n: number, random: Random): Float32Array =>
  random.normals(n).map((v) => (random.int(0, 9) === 0 ? 0 : v * 2 ** random.int(-60, 60)));
/** Numbers about every edge, and the floats next to them. */
const edges = [2 ** -25, 2 ** -24, 2 ** -14, 65504, 65520, 2 ** 19, 2 ** 20, 2 ** -44, 1].flatMap((edge) =>
  [-1, 0, 1].map((ulps) => Math.fround(edge) * (1 + ulps * 2 ** -23)),
);

const hostile = [
  make('one number', [1], 'f32', normal),
  make('odd size', [37, 101], 'f32', normal),
  make('wide range', [5000], 'f32', wide),
  make('edges', [edges.length], 'f32', () => edges),
  make('specials', [7], 'f32', () => [0, -0, NaN, Infinity, -Infinity, 1e-40, 3e38]),
  make('halves', [33, 9], 'f16', normal),
  make('all halves there are', [5000], 'f16', (n, random) => wide(n, random).map((v) => v * 2 ** -4)),
  make('a million', [1_000_003], 'f32', (n, random) => random.normals(n, 1e-7)),
];

export const cases: Cases<NoAttrs> = {
  cases: hostile,
  random: (random) =>
    make('random', [random.int(1, 50), random.int(1, 50)], random.pick(['f32', 'f16']), wide),
  timing: [make('a million', [1024, 1024], 'f32', normal)],
};

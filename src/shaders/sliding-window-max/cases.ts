import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type DType } from '@/lib/tensor';
import type { WindowAttrs } from './dims';

type Fill = (random: Random, i: number) => number;

const normal: Fill = (random) => random.normal();
/** Few values, so that maxima occur again and again: expiring by value instead of by place shows. */
const duplicates: Fill = (random) => random.int(-2, 2);
const negative: Fill = (random) => -1 - 1e4 * random.uniform();
const rising: Fill = (_, i) => i;
const falling: Fill = (_, i) => -i;
/** Both zeros, both ends of the range, neighbours that differ in the last bit, subnormals. */
const edgesF32 = [
  0,
  -0,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1,
  1 + 2 ** -23,
  1e-40,
  -1e-40,
  1.4e-45,
];
const edgesI32 = [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1, 2 ** 30];
const oneOf =
  (values: readonly number[]): Fill =>
  (random) =>
    random.pick(values);

function make(
  name: string,
  shape: readonly number[],
  k: WindowAttrs['k'],
  fill: Fill = normal,
  dtype: DType = 'f32',
): Case<WindowAttrs> {
  const round = (value: number): number => (dtype === 'i32' ? Math.round(value) : value);
  return {
    name: `${name} [${shape.join('×')}] k=${[k].flat().join('×')} ${dtype}`,
    attrs: { k },
    inputs: (random) => ({
      x: tensor(
        dtype,
        shape,
        Float64Array.from({ length: sizeOf(shape) }, (_, i) => round(fill(random, i))),
      ),
    }),
    tolerance: 0,
    why: 'a maximum is one of its inputs',
  };
}

const textbook = [1, 3, -1, -3, 5, 3, 6, 7];

export const cases: Cases<WindowAttrs> = {
  cases: [
    make('textbook', [8], 3, (_, i) => textbook[i]!),
    make('one sample', [1], 1),
    make('k = 1', [1000], 1),
    make('k = 1, image', [33, 17], [1, 1]),
    make('k = n', [1000], 1000),
    make('k = n, image', [31, 29], [31, 29]),
    make('two samples', [2], 2),
    // Around the sizes of blocks and of vec4s, whole and cut short.
    ...[2, 4, 5, 7, 15, 16, 17, 18, 31, 32, 33, 34, 47, 48, 49, 63, 65, 257].map((k) =>
      make('sizes', [1003], k),
    ),
    ...[272, 273, 290, 1000, 4097].map((k) => make('levels', [9973], k)),
    make('duplicates', [5000], 37, duplicates),
    make('duplicates', [5000], 100, duplicates, 'i32'),
    make('all negative', [777], 19, negative),
    make('all negative, last block of one', [1 + 6 * 19], 19, negative),
    make('rising', [2049], 70, rising),
    make('falling', [2049], 70, falling),
    make('edges', [4000], 3, oneOf(edgesF32)),
    make('edges', [4000], 90, oneOf(edgesF32)),
    make('edges', [4000], 3, oneOf(edgesI32), 'i32'),
    make('lowest alone', [100], 20, () => -(2 ** 31), 'i32'),
    make('lowest alone', [100], 20, () => -3.4028234663852886e38),
    make('image', [61, 83], 5),
    make('image', [64, 64], [9, 33]),
    make('image, rows only', [40, 100], [1, 21]),
    make('image, columns only', [100, 40], [40, 1]),
    make('one row', [1, 300], [1, 300]),
    make('one column', [300, 1], [77, 1], duplicates),
    make('wide window', [20, 500], [3, 290], negative, 'i32'),
    make('tall window', [500, 20], [290, 3], negative),
    make('more than 65,535 workgroups', [65_536 * 64 + 7], 3, duplicates, 'i32'),
    make('five levels', [120_000], 118_000, duplicates, 'i32'),
  ],
  random(random) {
    const size = (most: number): number =>
      Math.max(1, Math.round(Math.exp(Math.log(most) * random.uniform())));
    const shape = random.pick([true, false]) ? [size(30_000)] : [size(200), size(200)];
    const k = shape.map((most) => size(most));
    const dtype = random.pick(['f32', 'i32'] as const);
    const fill = random.pick([
      (r: Random) => 1000 * r.normal(),
      duplicates,
      negative,
      oneOf(dtype === 'f32' ? edgesF32 : edgesI32),
    ]);
    return make('random', shape, k.length === 1 ? k[0]! : k, fill, dtype);
  },
  timing: [
    make('series', [1 << 20], 100),
    make('series', [1 << 24], 1000),
    make('image', [2048, 2048], [31, 31]),
  ],
};

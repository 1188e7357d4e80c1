/** Exact or wrong: ties, subnormals, overflow, every half. */
import type { Case, Cases } from '@/gpu/kernel';
import { decodeHalf } from '@/lib/half';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { CastAttrs } from './kernel';

function make(
  name: string,
  to: CastAttrs['to'],
  shape: readonly number[],
  values: (n: number, random: Random) => ArrayLike<number>,
): Case<CastAttrs> {
  return {
    name: `${name} [${shape.join(' ')}] to ${to}`,
    attrs: { to },
    tolerance: 0,
    why: 'rounding has one right answer',
    inputs: (random) => ({
      x: tensor(to === 'f16' ? 'f32' : 'f16', shape, values(sizeOf(shape), random)),
    }),
  };
}

/** Every finite half, and on request the f32 a share of the way to the next. */
const halves = (share: number): Float32Array => {
  const all = decodeHalf(Uint16Array.from({ length: 0x7c00 }, (_, i) => i));
  return all.map((v, i) => (i % 2 === 0 ? 1 : -1) * (v + share * ((all[i + 1] ?? 65536) - v)));
};

const hostile = [
  make('normal', 'f16', [33, 7], (n, random) => random.normals(n)),
  make('normal', 'f32', [33, 7], (n, random) => random.normals(n)),
  make('one number', 'f16', [1], () => [1 / 3]),
  make('every half', 'f32', [0x7c00], () => halves(0)),
  make('every half', 'f16', [0x7c00], () => halves(0)),
  make('every tie', 'f16', [0x7c00], () => halves(0.5)),
  make('just past ties', 'f16', [0x7c00], () => halves(0.5001)),
  make('wide range', 'f16', [1000], (n, random) =>
    random.normals(n).map((v) => v * 2 ** random.int(-30, 20)),
  ),
  make('infinity', 'f16', [5], () => [65519.99, 65520, -65520, 1e30, 65504]),
];

const randomCase = (random: Random): Case<CastAttrs> =>
  make(
    'random',
    random.pick(['f32', 'f16']),
    Array.from({ length: random.int(1, 3) }, () => random.int(1, 20)),
    (n, r) => r.normals(n, 2 ** random.int(-20, 14)),
  );

const timing = [make('rows', 'f16', [2048, 1024], (n, random) => random.normals(n))];
export const cases: Cases<CastAttrs> = { cases: hostile, random: randomCase, timing };

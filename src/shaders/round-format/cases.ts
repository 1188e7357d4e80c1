/** Exact or wrong: ties, subnormals of both formats, overflow. */
import type { Case, Cases } from '@/gpu/kernel';
import { decodeHalf } from '@/lib/half';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { RoundAttrs } from './kernel';

function make(
  name: string,
  attrs: RoundAttrs,
  shape: readonly number[],
  values: (n: number, random: Random) => ArrayLike<number>,
): Case<RoundAttrs> {
  return {
    name: `${name} [${shape.join(' ')}] ${attrs.format}${attrs.flush ? ' flushed' : ''}`,
    attrs,
    tolerance: 0,
    why: 'rounding has one right answer',
    inputs: (random) => ({ x: tensor('f32', shape, values(sizeOf(shape), random)) }),
  };
}

const ranged =
  (low: number, high: number) =>
  (n: number, random: Random): Float32Array =>
    random.normals(n).map((v) => v * 2 ** random.int(low, high));

/** Halfway between every two numbers of the format, of either sign. */
function ties(format: RoundAttrs['format']): Float32Array {
  const of = (i: number): number =>
    format === 'fp16'
      ? (decodeHalf(Uint16Array.of(i))[0] ?? 0)
      : (new Float32Array(Uint32Array.of(i << 16).buffer)[0] ?? 0);
  const finite = format === 'fp16' ? 0x7bff : 0x7f7f;
  return Float32Array.from(
    { length: finite },
    (_, i) => (i % 3 === 0 ? -1 : 1) * (of(i) / 2 + of(i + 1) / 2),
  );
}

const hostile = (['fp16', 'bf16'] as const).flatMap((format) => {
  const keep = { format, flush: false };
  const flush = { format, flush: true };
  return [
    make('normal', keep, [31, 17], (n, random) => random.normals(n)),
    make('one number', keep, [1], () => [1 / 3]),
    make('every tie', keep, [format === 'fp16' ? 0x7bff : 0x7f7f], () => ties(format)),
    make('the smallest', keep, [999], format === 'fp16' ? ranged(-28, -12) : ranged(-135, -120)),
    make('the smallest', flush, [999], format === 'fp16' ? ranged(-28, -12) : ranged(-135, -120)),
    make('the largest', keep, [999], format === 'fp16' ? ranged(10, 18) : ranged(118, 125)),
    make('edges', keep, [8], () => [
      65504,
      65519.996,
      65520,
      -65536,
      2 ** -24,
      2 ** -25,
      1 + 2 ** -11,
      3.39e38,
    ]),
    make('more than 65535 workgroups', keep, [65536 * 4, 65], (n, random) => random.normals(n)),
  ];
});

const randomCase = (random: Random): Case<RoundAttrs> =>
  make(
    'random',
    { format: random.pick(['fp16', 'bf16']), flush: random.int(0, 1) === 1 },
    [random.int(1, 30), random.int(1, 30)],
    ranged(-30, 17),
  );

const timing = [
  make('rows', { format: 'bf16', flush: false }, [2048, 1024], (n, random) => random.normals(n)),
];
export const cases: Cases<RoundAttrs> = { cases: hostile, random: randomCase, timing };

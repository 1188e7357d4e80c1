/** Rounding bit for bit: all halves, all bfloats, and random words with every kind of exponent, on the device. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { fromHalf, toHalf } from '@/lib/half';
import { Random } from '@/lib/random';
import { formats, roundTo, type FormatName } from './formats';
import { kernel } from './kernel';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const words = (x: Float32Array): Uint32Array => new Uint32Array(x.buffer, x.byteOffset, x.length);

async function rounded(
  x: Float32Array<ArrayBuffer>,
  format: FormatName,
  flush = false,
): Promise<Uint32Array> {
  const outputs = await run(
    device,
    kernel,
    { x: { dtype: 'f32', shape: [x.length], data: x } },
    { format, flush },
  );
  return words(outputs.x!.data as Float32Array);
}

const halves = Float32Array.from({ length: 65536 }, (_, i) => fromHalf(i));
const bfloats = new Float32Array(Uint32Array.from({ length: 65536 }, (_, i) => i << 16).buffer);
/** Infinities stay; of a NaN it is asked that it stays one. */
const same = (found: Uint32Array, expected: Uint32Array): number[] =>
  [...found.keys()].filter((i) => {
    const isNan = (word: number): boolean => (word & 0x7fffffff) > 0x7f800000;
    const [a, b] = [found[i]!, expected[i]!];
    return isNan(b) ? !isNan(a) : a !== b;
  });

test('every half and every bfloat is its own nearest', async () => {
  expect(same(await rounded(halves, 'fp16'), words(halves))).toEqual([]);
  expect(same(await rounded(bfloats, 'bf16'), words(bfloats))).toEqual([]);
});

test('random words of all exponents', { timeout: 60_000 }, async () => {
  const random = new Random(5);
  const x = new Float32Array(Uint32Array.from({ length: 200_000 }, () => random.bits()).buffer);
  for (const format of ['fp16', 'bf16'] as const) {
    for (const flush of [false, true]) {
      const expected = x.map((v) => roundTo(v, formats[format], flush));
      expect(same(await rounded(x, format, flush), words(expected))).toEqual([]);
    }
  }
  // Two definitions of binary16 that share no code agree.
  expect(
    same(words(x.map((v) => fromHalf(toHalf(v)))), words(x.map((v) => roundTo(v, formats.fp16)))),
  ).toEqual([]);
});

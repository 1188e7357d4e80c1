import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHalf, toHalf } from '@/lib/half';
import { bitFormats, decode, encode, kindOf, neighbours, parseNumber, ulpOf, widthOf } from './formats';

const { fp64, fp32, fp16, bf16 } = bitFormats;

test('every half pattern decodes as the codec does, and encodes to itself', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = decode(BigInt(bits), fp16);
    expect(value).toBe(fromHalf(bits));
    if (!Number.isNaN(value)) expect(encode(value, fp16)).toBe(BigInt(bits));
  }
});

test('encoding agrees with the machine: doubles and floats by their bytes, halves by the integer codec', () => {
  const view = new DataView(new ArrayBuffer(8));
  const any = fc.oneof(
    fc.double({ noNaN: true }),
    fc.double({ noNaN: true, min: -7e4, max: 7e4 }),
    fc.double({ noNaN: true, min: -1e-6, max: 1e-6 }),
  );
  fc.assert(
    fc.property(any, (value) => {
      view.setFloat64(0, value);
      expect(encode(value, fp64)).toBe(view.getBigUint64(0));
      expect(decode(encode(value, fp64), fp64)).toBe(value);
      view.setFloat32(0, value);
      expect(encode(value, fp32)).toBe(BigInt(view.getUint32(0)));
      const single = Math.fround(value);
      expect(encode(single, fp16)).toBe(BigInt(toHalf(single)));
      // The upper half of a float holds a bfloat16: rounded, the two differ by at most half a step.
      const brain = decode(encode(single, bf16), bf16);
      if (Number.isFinite(brain))
        expect(Math.abs(brain - single)).toBeLessThanOrEqual(ulpOf(single, bf16) / 2);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  [65504, 65504],
  [65519.99, 65504],
  [65520, Infinity],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
])('in FP16, %d becomes %d', (value, becomes) => {
  expect(decode(encode(value, fp16), fp16)).toBe(becomes);
});

test('neighbours are one step away, across binades, zero and the largest', () => {
  expect(neighbours(1, fp16)).toEqual([1 - 2 ** -11, 1 + 2 ** -10]);
  expect(neighbours(-1, fp16)).toEqual([-1 - 2 ** -10, -1 + 2 ** -11]);
  expect(neighbours(0, fp16)).toEqual([-(2 ** -24), 2 ** -24]);
  expect(neighbours(65504, fp16)).toEqual([65472, Infinity]);
  expect(neighbours(Infinity, bf16)[0]).toBe(bf16.largest);
  expect(neighbours(1, fp64)).toEqual([1 - 2 ** -53, 1 + 2 ** -52]);
});

test('kinds and widths', () => {
  expect([0, 2 ** -24, 2 ** -14, Infinity, NaN].map((x) => kindOf(x, fp16))).toEqual([
    ...['zero', 'subnormal', 'normal', 'infinite', 'nan'],
  ]);
  expect(Object.values(bitFormats).map(widthOf)).toEqual([64, 32, 16, 16]);
});

test.each([
  ['65504', 65504],
  ['1 + 2^-11', 1 + 2 ** -11],
  ['-2^-24', -(2 ** -24)],
  ['2^3^2', 512],
  ['(1+1)*3/4', 1.5],
  ['1e-8', 1e-8],
  ['.5', 0.5],
  ['-inf', -Infinity],
  ['1 − 0.25', 0.75],
  ['', undefined],
  ['2 +', undefined],
  ['abc', undefined],
  ['1 2', undefined],
  ['(1', undefined],
])('"%s" means %s', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

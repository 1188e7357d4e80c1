import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHalf, encodeHalf, fromHalf, toHalf } from './half';

test('every one of the 65,536 patterns survives the round trip', () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = fromHalf(bits);
    if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
    else if (toHalf(value) !== bits) expect.fail(`${bits.toString(16)} became ${toHalf(value).toString(16)}`);
  }
});

test.each([
  [65504, 65504],
  [65519.99, 65504],
  [65520, Infinity],
  [-1e9, -Infinity],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [2 ** -25 * 1.0001, 2 ** -24],
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [2 ** -14, 2 ** -14],
])('%f rounds to %f', (value, expected) => {
  expect(fromHalf(toHalf(value))).toBe(expected);
});

test('rounding goes to the nearest, ties to even', () => {
  fc.assert(
    fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
      const bits = toHalf(value);
      const error = Math.abs(fromHalf(bits) - value);
      for (const neighbour of [bits - 1, bits + 1]) {
        if (neighbour < 0 || neighbour > 0xffff) continue;
        const other = Math.abs(fromHalf(neighbour) - value);
        if (!(other >= error)) return Number.isNaN(other);
        if (other === error && error > 0 && (bits & 1) === 1) return false;
      }
      return true;
    }),
    { numRuns: 2000 },
  );
});

test('arrays are coded element by element', () => {
  expect([...decodeHalf(encodeHalf([0, -0, 1.5, NaN]))]).toEqual([0, -0, 1.5, NaN]);
});

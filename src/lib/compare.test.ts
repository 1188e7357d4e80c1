import { expect, test } from 'vitest';
import { compare } from './compare';

test('a perfect match has no error', () => {
  expect(compare([1, -2], [1, -2])).toMatchObject({ relError: 0, maxAbsError: 0, notFinite: 0 });
});

test('the relative error is that of the norms', () => {
  const { relError, maxAbsError } = compare([3, 4.5], [3, 4]);
  expect(relError).toBeCloseTo(0.1, 12);
  expect(maxAbsError).toBe(0.5);
});

test('a zero reference compares absolutely', () => {
  expect(compare([0.25, 0], [0, 0]).relError).toBe(0.25);
});

test.each([NaN, Infinity])('%f is never a pass', (bad) => {
  expect(compare([1, bad], [1, 2]).notFinite).toBe(1);
});

test('one bad row among many shows', () => {
  const ref = new Float64Array(4000).fill(1);
  const out = Float64Array.from(ref);
  out.fill(2, 40, 44);
  const { relError, worstRow } = compare(out, ref, 1000);
  expect(relError).toBeLessThan(0.04);
  expect(worstRow).toEqual({ row: 10, relError: 1 });
});

test('sentinels must match and hide nothing else', () => {
  const nothing = -3.4028235e38;
  expect(compare([Math.fround(nothing), 2], [nothing, 1])).toMatchObject({ notFinite: 0, relError: 1 });
  expect(compare([-1e30, 1], [nothing, 1]).notFinite).toBe(1);
});

test('lengths must agree', () => {
  expect(() => compare([1], [1, 2])).toThrow(RangeError);
});

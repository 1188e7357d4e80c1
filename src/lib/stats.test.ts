import { expect, test } from 'vitest';
import { normalCdf, quantile } from './stats';

test('Φ against tabulated values, both tails', () => {
  for (const [z, wanted] of [
    [0, 0.5],
    [1, 0.8413447461],
    [-1.959963985, 0.025],
    [3, 0.998650102],
    [-8, 6.22e-16],
    [40, 1],
  ] as const)
    expect(Math.abs(normalCdf(z) - wanted)).toBeLessThan(1e-7);
});

test('quantiles are interpolated between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([5], 0.9)).toBe(5);
});

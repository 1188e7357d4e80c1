/** The definitions behind the references: erfc by its table, slopes by central differences. */
import { expect, test } from 'vitest';
import { erfc } from './erfc';
import { unary, unaryNames } from './functions';

test.each([
  [0, 1],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [2.4999, 4.071699003334514e-4],
  [3, 2.209049699858544e-5],
  [10, 2.088487583762545e-45],
  [-1, 1.8427007929497148],
])('erfc(%d)', (x, expected) => {
  expect(erfc(x) / expected).toBeCloseTo(1, 10);
});

test.each(unaryNames)('the slope of %s is the limit of its differences', (op) => {
  const { f, slope } = unary[op];
  for (const x of [0.01, 0.3, 1.7, 4, ...(op === 'log' || op === 'sqrt' ? [] : [-0.02, -0.9, -3.2])]) {
    const h = 1e-4 * Math.abs(x);
    const difference = (f(x + h, -1.5) - f(x - h, -1.5)) / (2 * h);
    expect(Math.abs(difference - slope(x, -1.5))).toBeLessThan(1e-7 * Math.max(1, Math.abs(difference)));
  }
});

/** Where a roofline puts things. */
import { expect, test } from 'vitest';
import { attainable, decades, frameOf, ridge, spread } from './rooflineData';

const ceiling = { flopsPerSecond: 1e11, bytesPerSecond: 1e10 };

test('memory is the limit before the ridge, arithmetic after it', () => {
  expect(ridge(ceiling)).toBe(10);
  expect(attainable(ceiling, 1)).toBe(1e10);
  expect(attainable(ceiling, 1000)).toBe(1e11);
});

test('the frame holds the roof and every point', () => {
  const { x, y } = frameOf(ceiling, [{ intensity: 0.5, flopsPerSecond: 1e8 }]);
  expect(x[0]).toBeLessThan(Math.log10(0.5));
  expect(x[1]).toBeGreaterThan(1);
  expect(y[0]).toBeLessThan(8);
  expect(y[1]).toBeGreaterThan(11);
  expect(decades([-1.2, 2.1])).toEqual([-1, 0, 1, 2].map((v) => v + 0));
});

test('labels are moved apart and keep their order', () => {
  expect(spread([50, 10, 12, 13], 10, 0, 100)).toEqual([50, 10, 20, 30]);
  expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90]);
});

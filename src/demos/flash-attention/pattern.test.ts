/** The camera's window over the pattern, and how large a picture is painted. */
import { expect, test } from 'vitest';
import { fit, gammaOf, windowOf } from './pattern';

test('the whole pattern fills a frame of its shape', () => {
  expect(windowOf({ x: 0.5, y: 0.5, zoom: 1 }, 100, 200, 400, 200)).toEqual({ x0: 0, y0: 0, zoom: 2 });
});

test('nearer, the middle stays where it was', () => {
  const { x0, y0, zoom } = windowOf({ x: 0.25, y: 0.75, zoom: 4 }, 64, 64, 128, 128);
  expect([x0 + 64 / zoom, y0 + 64 / zoom]).toEqual([16, 48]);
  expect(zoom).toBe(8);
});

test('a larger target is painted in the same shape, with as many pixels as are kept', () => {
  expect(fit(800, 600)).toEqual({ width: 800, height: 600 });
  const { width, height } = fit(4096, 2048);
  expect(width * height).toBeLessThanOrEqual(1 << 20);
  expect(width / height).toBeCloseTo(2, 2);
});

test('an even look gets the middle colour', () => {
  expect((1 / 512) ** gammaOf(512)).toBeCloseTo(0.5, 12);
});

/** Colours and bins hold what they show. */
import { expect, test } from 'vitest';
import { decades, densityRange, evaluationEdges } from './ranges';

test('colours of the density reach its summit', () => {
  expect(densityRange([-500, 1.2, -3])).toEqual({ low: -18, high: 2 });
});

test('the decades hold the errors; where there is one, or none, they still differ', () => {
  const found = decades(Float32Array.of(0.004, 0.03, 0.0007));
  expect(found.low).toBeCloseTo(1e-4, 9);
  expect(found.high).toBeCloseTo(0.01, 9);
  const { low, high } = decades(new Float32Array(4));
  expect(high).toBeGreaterThan(low);
});

test('bins of evaluations begin at the least and hold the most', () => {
  for (const [least, most] of [
    [110, 320],
    [8, 8],
    [62, 133],
  ] as const) {
    const edges = evaluationEdges(least, most);
    expect(edges[0]).toBe(least);
    expect(edges.at(-1)).toBeGreaterThan(most);
    expect(edges.length).toBeLessThanOrEqual(14);
  }
});

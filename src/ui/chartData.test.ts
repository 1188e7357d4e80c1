import { describe, expect, it } from 'vitest';
import { axisOf, rowsOf } from './chartData';

describe('chart data', () => {
  it('puts the lines of one x into one row and leaves gaps where nothing was measured', () => {
    const rows = rowsOf([
      {
        id: 'a',
        role: 'naive',
        label: 'a',
        points: [
          { x: 2, y: 4, low: 3, high: 6 },
          { x: 1, y: 1 },
        ],
      },
      {
        id: 'b',
        role: 'fused',
        label: 'b',
        points: [
          { x: 1, y: null, note: 'too fast' },
          { x: 2, y: 2 },
        ],
      },
    ]);
    expect(rows).toEqual([
      { x: 1, y0: 1 },
      { x: 2, y0: 4, e0: [1, 2], y1: 2 },
    ]);
  });

  it('ends log axes at powers that hold all values', () => {
    expect(axisOf([0.3, 40], 'log')).toEqual({ domain: [0.1, 100], ticks: [0.1, 1, 10, 100] });
    expect(axisOf([10, 10], 'log').domain).toEqual([10, 100]);
    const { domain, ticks } = axisOf([5000, 2 ** 30], 'log', 'bytes');
    expect(domain).toEqual([4096, 2 ** 30]);
    expect(ticks.every((t) => Number.isInteger(Math.log2(t)))).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(8);
  });

  it('starts linear axes at zero', () => {
    expect(axisOf([3, 9.2], 'linear')).toEqual({ domain: [0, 10], ticks: [0, 2, 4, 6, 8, 10] });
  });

  it('survives nothing, zeros and infinities', () => {
    expect(axisOf([], 'log').domain).toEqual([0, 1]);
    expect(axisOf([0, 5, Infinity], 'log').domain).toEqual([1, 10]);
  });
});

import { describe, expect, it } from 'vitest';
import { estimateLeft } from './estimate';

describe('time left', () => {
  it('is unknown before the first point and after the last', () => {
    expect(estimateLeft([], 4)).toBeUndefined();
    expect(estimateLeft([1, 1], 2)).toBeUndefined();
  });
  it('follows steady and growing points', () => {
    expect(estimateLeft([100, 100], 4)).toBe(200);
    expect(estimateLeft([100, 400], 3)).toBe(1600);
  });
  it('does not explode after one slow point', () => {
    expect(estimateLeft([1, 1000], 3)).toBe(4000);
  });
});

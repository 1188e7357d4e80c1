import { describe, expect, it } from 'vitest';
import { clampPlace, keyMove, pan, toPicture, whole, zoomAt } from './camera';

describe('camera', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 0.4, y: 0.6 };
    const before = toPicture({ x: 0.5, y: 0.5, zoom: 2 }, at);
    const after = toPicture(zoomAt({ x: 0.5, y: 0.5, zoom: 2 }, at, 3), at);
    expect(after.x).toBeCloseTo(before.x, 12);
    expect(after.y).toBeCloseTo(before.y, 12);
  });

  it('never leaves the picture', () => {
    expect(clampPlace({ x: 2, y: -1, zoom: 4 })).toEqual({ x: 0.875, y: 0.125, zoom: 4 });
    expect(zoomAt(whole, { x: 0, y: 0 }, 0.1)).toEqual(whole);
    expect(pan(whole, 0.5, 0.5)).toEqual(whole);
  });

  it('moves by keys and leaves other keys alone', () => {
    expect(keyMove({ x: 0.5, y: 0.5, zoom: 2 }, 'ArrowRight')?.x).toBeCloseTo(0.55);
    expect(keyMove({ x: 0.3, y: 0.3, zoom: 4 }, '0')).toEqual(whole);
    expect(keyMove(whole, 'a')).toBeUndefined();
  });
});

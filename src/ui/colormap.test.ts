import { describe, expect, it } from 'vitest';
import { colourAt } from './colormap';

const luminance = ([r, g, b]: readonly [number, number, number]): number =>
  0.2126 * r + 0.7152 * g + 0.0722 * b;

describe('colour maps', () => {
  it('start and end where they should, and clamp beyond', () => {
    expect(colourAt('viridis', 0)).toEqual([0x44, 0x01, 0x54]);
    expect(colourAt('viridis', 1)).toEqual([0xfd, 0xe7, 0x25]);
    expect(colourAt('viridis', 7)).toEqual(colourAt('viridis', 1));
    expect(colourAt('viridis', NaN)).toEqual(colourAt('viridis', 0));
  });

  it.each(['viridis', 'cividis'] as const)('%s grows ever lighter', (name) => {
    for (let i = 1; i <= 64; i++) {
      expect(luminance(colourAt(name, i / 64))).toBeGreaterThan(luminance(colourAt(name, (i - 1) / 64)));
    }
  });
});

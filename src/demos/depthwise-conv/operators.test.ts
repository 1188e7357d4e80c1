/** What the operators cost, against the formulas in the papers. */
import { expect, test } from 'vitest';
import { operatorIds } from './charts';
import { countsOf, macRatio, piecesOf } from './operators';

const setting = { channels: 256, kernel: 3, resolution: 14, groups: 8 };
const pixels = 14 ** 2;

test('the separable convolution has 1/C + 1/k² of the multiply-adds', () => {
  const { standard, separable, 'separable-fused': fused } = piecesOf(setting);
  expect(countsOf(standard).macs).toBe(9 * 256 * 256 * pixels);
  expect(countsOf(separable).macs / countsOf(standard).macs).toBeCloseTo(macRatio(setting), 12);
  expect(countsOf(fused)).toEqual(countsOf(separable));
  expect(countsOf(separable).parameters).toBe(9 * 256 + 256 + 256 * 256 + 256);
});

test('groups divide by their number, the bottleneck works on a quarter', () => {
  const { standard, grouped, bottleneck } = piecesOf(setting);
  expect(countsOf(standard).macs / countsOf(grouped).macs).toBe(8);
  expect(countsOf(bottleneck).macs).toBe((2 * 256 * 64 + 9 * 64 * 64) * pixels);
});

test('the Inception block has the channels of 3a at 256', () => {
  const { inception } = piecesOf(setting);
  // 1×1 64; 96→128; 16→32 by 5 × 5; 32 after the pool.
  const weights = 256 * 64 + 256 * 96 + 9 * 96 * 128 + 256 * 16 + 25 * 16 * 32 + 256 * 32;
  expect(countsOf(inception).macs).toBe(weights * pixels);
});

test('all have the same size of input and output', () => {
  const pieces = piecesOf({ ...setting, channels: 16, kernel: 7 });
  for (const id of operatorIds) {
    expect(pieces[id].block.inputs).toBe(16);
    expect(pieces[id].block.outputs).toBe(16);
    expect(pieces[id].size).toEqual([14, 14, 16]);
  }
});

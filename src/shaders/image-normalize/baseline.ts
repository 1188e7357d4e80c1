/** A picture's normalised crop on one CPU core: each row of the crop is first mixed from whole lines, then across. */
import type { Baseline } from '@/gpu/kernel';
import { dims, tapsOf, type ImageNormalizeAttrs } from './dims';

export const baseline: Baseline<ImageNormalizeAttrs> = (inputs, attrs, [start, end]) => {
  const { crop } = attrs;
  const specs = Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32', shape }] as const);
  const { down, across } = dims(Object.fromEntries(specs), attrs);
  const pixels = inputs.pixels!.data;
  const [mean, std] = [inputs.mean!.data, inputs.std!.data];
  const columns = Array.from({ length: crop }, (_, j) => tapsOf(across, j));
  const line = new Float32Array(3 * across.from);
  const y = new Float32Array(3 * (end - start));
  let mixed = -1;
  for (let row = start; row < end; row++) {
    const i = Math.floor(row / crop);
    if (i !== mixed) {
      mixed = i;
      line.fill(0);
      const taps = tapsOf(down, i);
      const total = taps.reduce((sum, { weight }) => sum + weight, 0);
      for (const { pixel, weight } of taps)
        for (let column = 0, at = pixel * across.from; column < across.from; column++, at++) {
          const rgba = pixels[at]!;
          const share = weight / total;
          line[3 * column]! += share * (rgba & 255);
          line[3 * column + 1]! += share * ((rgba >>> 8) & 255);
          line[3 * column + 2]! += share * ((rgba >>> 16) & 255);
        }
    }
    const taps = columns[row - i * crop]!;
    const total = taps.reduce((sum, { weight }) => sum + weight, 0);
    for (let c = 0; c < 3; c++) {
      const sum = taps.reduce((all, { pixel, weight }) => all + weight * line[3 * pixel + c]!, 0);
      y[3 * (row - start) + c] = (sum / total / 255 - mean[c]!) / std[c]!;
    }
  }
  return { y };
};

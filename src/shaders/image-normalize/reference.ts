/** A picture's normalised crop in float64; a row is one pixel of the crop. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, tapsOf, type ImageNormalizeAttrs } from './dims';

export const reference: Reference<ImageNormalizeAttrs> = (inputs, attrs, rows) => {
  const { down, across } = dims(inputs, attrs);
  const pixels = inputs.pixels!.data;
  const [mean, std] = [toFloat64(inputs.mean!), toFloat64(inputs.std!)];
  const y = new Float64Array(3 * rows.length);
  rows.forEach((row, r) => {
    const vertical = tapsOf(down, Math.floor(row / attrs.crop));
    const horizontal = tapsOf(across, row % attrs.crop);
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      let weights = 0;
      for (const v of vertical)
        for (const h of horizontal) {
          sum += v.weight * h.weight * ((pixels[v.pixel * across.from + h.pixel]! >>> (8 * c)) & 255);
          weights += v.weight * h.weight;
        }
      y[3 * r + c] = (sum / weights / 255 - mean[c]!) / std[c]!;
    }
  });
  return { y };
};

/** Dropout by the host's generator, in float64. */
import type { Reference } from '@/gpu/kernel';
import { philox } from '@/lib/random';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { thresholdOf, type DropoutAttrs } from './kernel';

export const reference: Reference<DropoutAttrs> = (inputs, { p, seed, stream }, rows) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    for (let c = 0; c < width; c++) {
      const i = row * width + c;
      const bits = philox([Math.floor(i / 4), 0, 0, 0], [seed, stream])[i % 4]!;
      y[r * width + c] = bits >= thresholdOf(p) ? x[i]! / (1 - p) : 0;
    }
  });
  return { y };
};

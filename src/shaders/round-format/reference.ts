/** Rounding by the definition of the format, in float64. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { formats, roundTo } from './formats';
import type { RoundAttrs } from './kernel';

export const reference: Reference<RoundAttrs> = (inputs, { format, flush }, rows) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const given = toFloat64(inputs.x!);
  const x = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++)
      x[r * width + i] = roundTo(given[row * width + i]!, formats[format], flush);
  });
  return { x };
};

/** Axes reordered element by element. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { dims, places, type TransposeAttrs } from './dims';

export const reference: Reference<TransposeAttrs> = (inputs, attrs, rows) => {
  const found = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const width = sizeOf(found.shape.slice(1));
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    let i = r * width;
    for (const at of places(found, row * width, (row + 1) * width)) y[i++] = x[at]!;
  });
  return { y };
};

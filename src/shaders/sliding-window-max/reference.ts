/** The maximum over each window by its definition, in float64, which holds every f32 and i32 exactly. */
import type { Reference } from '@/gpu/kernel';
import { valuesOf } from '@/lib/tensor';
import { dims, type WindowAttrs } from './dims';

export const reference: Reference<WindowAttrs> = (inputs, attrs, rows) => {
  const { rank, w, kh, kw, outW } = dims({ inputs, attrs });
  const x = valuesOf(inputs.x!);
  // A row of the result is one sample of a series, or one line of an image.
  const width = rank === 1 ? 1 : outW;
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let c = 0; c < width; c++) {
      const corner = rank === 1 ? row : row * w + c;
      let largest = x[corner]!;
      for (let a = 0; a < kh; a++) {
        for (let b = 0; b < kw; b++) largest = Math.max(largest, x[corner + a * w + b]!);
      }
      y[i * width + c] = largest;
    }
  });
  return { y };
};

/** dx = f′(x)·dy in float64, f′ as written in the table of functions. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { unary } from '@/shaders/elementwise/functions';
import type { ElementwiseBackwardAttrs } from './kernel';

export const reference: Reference<ElementwiseBackwardAttrs> = (inputs, { op, alpha }, rows) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = toFloat64(inputs.x!);
  const dy = toFloat64(inputs.dy!);
  const dx = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++)
      dx[r * width + i] = unary[op].slope(x[row * width + i]!, alpha) * dy[row * width + i]!;
  });
  return { dx };
};

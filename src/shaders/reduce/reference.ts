/** Reductions in float64, one result after the other; a row is one slab of the result's first axis. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { offsetsOf } from './offsets';
import { reduced, type ReduceAttrs } from './stages';

export const reference: Reference<ReduceAttrs> = (inputs, attrs, rows) => {
  const found = reduced(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const starts = offsetsOf(found, false);
  const inside = offsetsOf(found, true);
  const width = sizeOf(found.shape.slice(1));
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) {
      const start = starts[row * width + i]!;
      let sum = 0;
      let high = -Infinity;
      let low = Infinity;
      for (const offset of inside) {
        const value = x[start + offset]!;
        sum += attrs.op === 'norm2' ? value * value : value;
        high = Math.max(high, value);
        low = Math.min(low, value);
      }
      const results = { sum, mean: sum / found.n, max: high, min: low, norm2: Math.sqrt(sum) };
      y[r * width + i] = results[attrs.op];
    }
  });
  return { y };
};

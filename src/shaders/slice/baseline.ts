/** A part of every row on one CPU core: each is one copy. */
import type { Baseline } from '@/gpu/kernel';
import { dims, type SliceAttrs } from './dims';

export const baseline: Baseline<SliceAttrs> = (inputs, attrs, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const { columns, skipped, taken } = dims({ x: { dtype: 'f32', shape } }, attrs);
  const y = new Float32Array((end - start) * taken);
  for (let row = start; row < end; row++) {
    const at = row * columns + skipped;
    y.set(x.subarray(at, at + taken), (row - start) * taken);
  }
  return { y };
};

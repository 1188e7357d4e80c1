/** Axes reordered on one CPU core: runs along the last axis, their start found once. */
import type { Baseline } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { dims, places, type TransposeAttrs } from './dims';

export const baseline: Baseline<TransposeAttrs> = (inputs, attrs, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const found = dims({ x: { dtype: 'f32', shape } }, attrs);
  const n = found.shape.at(-1) ?? 1;
  const step = found.strides.at(-1) ?? 1;
  const width = sizeOf(found.shape.slice(1));
  const y = new Float32Array((end - start) * width);
  if (found.shape.length < 2) {
    y.set(x.subarray(start * width, end * width));
    return { y };
  }
  const outer = { ...found, shape: found.shape.slice(0, -1), strides: found.strides.slice(0, -1) };
  let i = 0;
  for (const at of places(outer, (start * width) / n, (end * width) / n))
    for (let k = 0; k < n; k++) y[i++] = x[at + k * step]!;
  return { y };
};

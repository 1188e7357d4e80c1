/** Two copies a row on one CPU core. */
import type { Baseline } from '@/gpu/kernel';
import { dims, type ConcatAttrs } from './dims';

export const baseline: Baseline<ConcatAttrs> = (inputs, attrs, [start, end]) => {
  const { a, b } = inputs;
  const spec = (shape: readonly number[]) => ({ dtype: 'f32', shape }) as const;
  const { columnsA, columnsB } = dims({ a: spec(a!.shape), b: spec(b!.shape) }, attrs);
  const y = new Float32Array((end - start) * (columnsA + columnsB));
  for (let row = start; row < end; row++) {
    const at = (row - start) * (columnsA + columnsB);
    y.set(a!.data.subarray(row * columnsA, (row + 1) * columnsA), at);
    y.set(b!.data.subarray(row * columnsB, (row + 1) * columnsB), at + columnsA);
  }
  return { y };
};

/** Columns on one CPU core: each row is one copy. */
import type { Baseline } from '@/gpu/kernel';
import type { ColumnsAttrs } from './kernel';

export const baseline: Baseline<ColumnsAttrs> = (inputs, { to, slot, value }, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const from = shape[1]!;
  const y = new Float32Array((end - start) * to);
  const shared = Math.min(from, to);
  for (let row = start; row < end; row++) {
    const at = (row - start) * to;
    y.set(x.subarray(row * from, row * from + shared), at);
    if (slot !== null) y[at + slot] = value;
  }
  return { y };
};

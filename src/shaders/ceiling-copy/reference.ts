/** A copy is exact. */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';

export const reference: Reference<NoAttrs> = (inputs, _, rows) => {
  const x = inputs.x ? toFloat64(inputs.x) : new Float64Array();
  return { y: Float64Array.from(rows, (i) => x[i] ?? 0) };
};

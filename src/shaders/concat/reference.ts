/** Row after row: that of a, then that of b. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, type ConcatAttrs } from './dims';

export const reference: Reference<ConcatAttrs> = (inputs, attrs, rows) => {
  const { columnsA, columnsB } = dims(inputs, attrs);
  const [a, b] = [toFloat64(inputs.a!), toFloat64(inputs.b!)];
  const y = new Float64Array(rows.length * (columnsA + columnsB));
  rows.forEach((row, r) => {
    const at = r * (columnsA + columnsB);
    y.set(a.subarray(row * columnsA, (row + 1) * columnsA), at);
    y.set(b.subarray(row * columnsB, (row + 1) * columnsB), at + columnsA);
  });
  return { y };
};

/** Columns one by one. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, type SliceAttrs } from './dims';

export const reference: Reference<SliceAttrs> = (inputs, attrs, rows) => {
  const { columns, skipped, taken } = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const y = rows.flatMap((row) => Array.from({ length: taken }, (_, c) => x[row * columns + skipped + c]!));
  return { y: Float64Array.from(y) };
};

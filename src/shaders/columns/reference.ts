/** Columns one by one. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import type { ColumnsAttrs } from './kernel';

export const reference: Reference<ColumnsAttrs> = (inputs, { to, slot, value }, rows) => {
  const x = toFloat64(inputs.x!);
  const from = inputs.x!.shape[1]!;
  const y = rows.flatMap((row) =>
    Array.from({ length: to }, (_, c) =>
      c === slot ? Math.fround(value) : c < from ? x[row * from + c]! : 0,
    ),
  );
  return { y: Float64Array.from(y) };
};

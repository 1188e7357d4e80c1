/** Rows copied in float64. */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';

export const reference: Reference<NoAttrs> = (inputs, _attrs, rows) => {
  const [vocab = 0, width = 0] = inputs.weight!.shape;
  const weight = toFloat64(inputs.weight!);
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    const id = inputs.ids!.data[row]!;
    if (id >= 0 && id < vocab) y.set(weight.subarray(id * width, (id + 1) * width), r * width);
  });
  return { y };
};

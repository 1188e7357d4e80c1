/** Scatter-add in float64, word by word of those asked for. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import type { EmbeddingBackwardAttrs } from './kernel';

export const reference: Reference<EmbeddingBackwardAttrs> = (inputs, _attrs, rows) => {
  const width = inputs.dy!.shape.at(-1) ?? 1;
  const dy = toFloat64(inputs.dy!);
  const dweight = new Float64Array(rows.length * width);
  const placeOf = new Map(rows.map((word, r) => [word, r]));
  inputs.ids!.data.forEach((id, n) => {
    const r = placeOf.get(id);
    if (r === undefined) return;
    for (let c = 0; c < width; c++) dweight[r * width + c]! += dy[n * width + c]!;
  });
  return { dweight };
};

/** Scatter-add on one CPU core in float32, for the words from start to end. */
import type { Baseline } from '@/gpu/kernel';
import type { EmbeddingBackwardAttrs } from './kernel';

export const baseline: Baseline<EmbeddingBackwardAttrs> = (inputs, _attrs, [start, end]) => {
  const width = inputs.dy!.shape.at(-1) ?? 1;
  const dy = inputs.dy!.data;
  const ids = inputs.ids!.data;
  const dweight = new Float32Array((end - start) * width);
  for (let n = 0; n < ids.length; n++) {
    const id = ids[n]!;
    if (id < start || id >= end) continue;
    const to = (id - start) * width;
    for (let c = 0; c < width; c++) dweight[to + c]! += dy[n * width + c]!;
  }
  return { dweight };
};

/** Rows copied on one CPU core. */
import type { Baseline, NoAttrs } from '@/gpu/kernel';

export const baseline: Baseline<NoAttrs> = (inputs, _attrs, [start, end]) => {
  const [vocab = 0, width = 0] = inputs.weight!.shape;
  const weight = inputs.weight!.data;
  const y = new Float32Array((end - start) * width);
  for (let row = start; row < end; row++) {
    const id = inputs.ids!.data[row]!;
    if (id >= 0 && id < vocab) y.set(weight.subarray(id * width, (id + 1) * width), (row - start) * width);
  }
  return { y };
};

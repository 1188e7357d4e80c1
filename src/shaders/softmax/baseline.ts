/** Softmax on one CPU core in float32; three walks over a row that stays in cache. */
import type { Baseline } from '@/gpu/kernel';
import { dims, type SoftmaxAttrs } from './dims';

export const baseline: Baseline<SoftmaxAttrs> = (inputs, attrs, [start, end]) => {
  const shape = inputs.x!.shape;
  const { n, inner } = dims({ inputs: { x: { dtype: 'f32', shape } }, attrs });
  const x = inputs.x!.data;
  const y = new Float32Array((end - start) * n * inner);
  for (let row = start * inner; row < end * inner; row++) {
    const from = Math.floor(row / inner) * n * inner + (row % inner);
    const to = from - start * n * inner;
    let m = -Infinity;
    for (let j = 0; j < n; j++) {
      const value = x[from + j * inner]!;
      if (value > m) m = value;
    }
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const e = Math.exp(x[from + j * inner]! - m);
      y[to + j * inner] = e;
      sum += e;
    }
    const inverse = 1 / sum;
    for (let j = 0; j < n; j++) y[to + j * inner]! *= inverse;
  }
  return { y };
};

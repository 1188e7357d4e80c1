/** Softmax by its definition in float64; a row is one slab [n, inner] of [outer, n, inner]. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, type SoftmaxAttrs } from './dims';

export const reference: Reference<SoftmaxAttrs> = (inputs, attrs, rows) => {
  const { n, inner } = dims({ inputs, attrs });
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * n * inner);
  rows.forEach((slab, r) => {
    for (let i = 0; i < inner; i++) {
      const from = slab * n * inner + i;
      const to = r * n * inner + i;
      let m = -Infinity;
      for (let j = 0; j < n; j++) m = Math.max(m, x[from + j * inner]!);
      let sum = 0;
      for (let j = 0; j < n; j++) sum += y[to + j * inner] = Math.exp(x[from + j * inner]! - m);
      for (let j = 0; j < n; j++) y[to + j * inner]! /= sum;
    }
  });
  return { y };
};

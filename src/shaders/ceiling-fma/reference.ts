/** The iteration in closed form: r_k = aᵏ·r₀ + b·(1 − aᵏ)/(1 − a), summed over the 32 lanes. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { A, B, type FmaAttrs } from './kernel';

export const reference: Reference<FmaAttrs> = (inputs, { iterations }, rows) => {
  const x = inputs.x ? toFloat64(inputs.x) : new Float64Array();
  const decay = A ** iterations;
  const fixed = (B * (1 - decay)) / (1 - A);
  const y = Float64Array.from(rows, (i) => {
    let sum = 0;
    for (let r = 0; r < 8; r++) sum += 4 * (decay * ((x[i] ?? 0) + r) + fixed);
    return sum;
  });
  return { y };
};

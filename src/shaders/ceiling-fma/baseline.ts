/** The same iteration on one core; V8 does not use SIMD, which is the point of comparing. */
import type { Baseline } from '@/gpu/kernel';
import { A, B, type FmaAttrs } from './kernel';

export const baseline: Baseline<FmaAttrs> = (inputs, { iterations }, [start, end]) => {
  const x = inputs.x?.data ?? new Float32Array();
  const y = new Float32Array(end - start);
  const r = new Float32Array(8);
  for (let i = start; i < end; i++) {
    for (let j = 0; j < 8; j++) r[j] = (x[i] ?? 0) + j;
    for (let k = 0; k < iterations; k++) for (let j = 0; j < 8; j++) r[j] = (r[j] ?? 0) * A + B;
    y[i - start] = 4 * r.reduce((a, b) => a + b, 0);
  }
  return { y };
};

/** Group norm by its definition in float64. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { groupDims, type GroupNormAttrs } from './dims';

export const reference: Reference<GroupNormAttrs> = (inputs, { groups, eps }, rows) => {
  const { pixels, channels, share } = groupDims(inputs, groups);
  const [x, gamma, beta] = [toFloat64(inputs.x!), toFloat64(inputs.gamma!), toFloat64(inputs.beta!)];
  const y = new Float64Array(rows.length * pixels * channels);
  const stats = new Float64Array(2 * rows.length * groups);
  rows.forEach((image, r) => {
    for (let g = 0; g < groups; g++) {
      const values: { c: number; at: number; value: number }[] = [];
      for (let p = 0; p < pixels; p++)
        for (let c = g * share; c < (g + 1) * share; c++) {
          const at = p * channels + c;
          values.push({ c, at, value: x[image * pixels * channels + at]! });
        }
      const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / values.length;
      const inverse = 1 / Math.sqrt(variance + eps);
      stats.set([mean, inverse], 2 * (r * groups + g));
      for (const { c, at, value } of values)
        y[r * pixels * channels + at] = (value - mean) * inverse * gamma[c]! + beta[c]!;
    }
  });
  return { y, stats };
};

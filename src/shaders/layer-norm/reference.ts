/** Layer norm by its definition in float64; RMS norm is the same about 0. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { normDims, type NormAttrs } from './norm';

export const normReference =
  (centre: boolean): Reference<NormAttrs> =>
  (inputs, { eps }, rows) => {
    const { width } = normDims(inputs);
    const x = toFloat64(inputs.x!);
    const gamma = toFloat64(inputs.gamma!);
    const beta = inputs.beta ? toFloat64(inputs.beta) : undefined;
    const y = new Float64Array(rows.length * width);
    const stats = new Float64Array(2 * rows.length);
    rows.forEach((row, r) => {
      const values = x.subarray(row * width, (row + 1) * width);
      const mean = centre ? values.reduce((sum, v) => sum + v, 0) / width : 0;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / width;
      const inverse = 1 / Math.sqrt(variance + eps);
      stats.set([mean, inverse], 2 * r);
      values.forEach((v, c) => (y[r * width + c] = (v - mean) * inverse * gamma[c]! + (beta?.[c] ?? 0)));
    });
    return { y, stats };
  };

export const reference = normReference(true);

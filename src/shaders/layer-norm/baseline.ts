/** Layer norm and RMS norm on one CPU core in float32; three walks over a row that stays in cache. */
import type { Baseline } from '@/gpu/kernel';
import type { NormAttrs } from './norm';

export const normBaseline =
  (centre: boolean): Baseline<NormAttrs> =>
  (inputs, { eps }, [start, end]) => {
    const { data: x, shape } = inputs.x!;
    const gamma = inputs.gamma!.data;
    const beta = inputs.beta?.data;
    const width = shape.at(-1) ?? 1;
    const y = new Float32Array((end - start) * width);
    const stats = new Float32Array(2 * (end - start));
    for (let row = start; row < end; row++) {
      const at = row * width;
      const to = at - start * width;
      let mean = 0;
      if (centre) for (let c = 0; c < width; c++) mean += x[at + c]!;
      mean /= width;
      let squares = 0;
      for (let c = 0; c < width; c++) squares += (x[at + c]! - mean) * (x[at + c]! - mean);
      const inverse = 1 / Math.sqrt(squares / width + eps);
      stats[2 * (row - start)] = mean;
      stats[2 * (row - start) + 1] = inverse;
      for (let c = 0; c < width; c++) y[to + c] = (x[at + c]! - mean) * inverse * gamma[c]!;
      if (beta) for (let c = 0; c < width; c++) y[to + c]! += beta[c]!;
    }
    return { y, stats };
  };

export const baseline = normBaseline(true);

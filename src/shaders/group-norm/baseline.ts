/** Group norm on one CPU core in float32; three walks over a group, whose channels lie side by side in a pixel. */
import type { Baseline } from '@/gpu/kernel';
import type { GroupNormAttrs } from './dims';

export const baseline: Baseline<GroupNormAttrs> = (inputs, { groups, eps }, [start, end]) => {
  const { data: x, shape } = inputs.x!;
  const [gamma, beta] = [inputs.gamma!.data, inputs.beta!.data];
  const channels = shape.at(-1)!;
  const image = x.length / shape[0]!;
  const share = channels / groups;
  const n = image / groups;
  const y = new Float32Array((end - start) * image);
  const stats = new Float32Array(2 * (end - start) * groups);
  for (let row = 0; row < (end - start) * groups; row++) {
    const first = (row % groups) * share;
    const from = Math.floor(row / groups) * image + first;
    const to = from + image - first;
    const shift = start * image;
    let mean = 0;
    for (let at = from; at < to; at += channels) for (let c = 0; c < share; c++) mean += x[shift + at + c]!;
    mean /= n;
    let squares = 0;
    for (let at = from; at < to; at += channels)
      for (let c = 0; c < share; c++) squares += (x[shift + at + c]! - mean) ** 2;
    const inverse = 1 / Math.sqrt(squares / n + eps);
    stats[2 * row] = mean;
    stats[2 * row + 1] = inverse;
    for (let at = from; at < to; at += channels)
      for (let c = 0; c < share; c++)
        y[at + c] = (x[shift + at + c]! - mean) * inverse * gamma[first + c]! + beta[first + c]!;
  }
  return { y, stats };
};

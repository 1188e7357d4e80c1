/** The gradients of group norm on one CPU core in float32; two walks over a group. */
import type { Baseline } from '@/gpu/kernel';
import type { GroupNormBackwardAttrs } from './kernel';

export const baseline: Baseline<GroupNormBackwardAttrs> = (inputs, { groups }) => {
  const { data: x, shape } = inputs.x!;
  const [dy, gamma, stats] = [inputs.dy!.data, inputs.gamma!.data, inputs.stats!.data];
  const channels = shape.at(-1)!;
  const image = x.length / shape[0]!;
  const share = channels / groups;
  const n = image / groups;
  const dx = new Float32Array(x.length);
  const dgamma = new Float32Array(channels);
  const dbeta = new Float32Array(channels);
  for (let row = 0; row < shape[0]! * groups; row++) {
    const first = (row % groups) * share;
    const from = Math.floor(row / groups) * image + first;
    const to = from + image - first;
    const mean = stats[2 * row]!;
    const r = stats[2 * row + 1]!;
    let gSum = 0;
    let gxSum = 0;
    for (let at = from; at < to; at += channels) {
      for (let c = 0; c < share; c++) {
        const d = dy[at + c]!;
        const xhat = (x[at + c]! - mean) * r;
        gSum += d * gamma[first + c]!;
        gxSum += d * gamma[first + c]! * xhat;
        dgamma[first + c]! += d * xhat;
        dbeta[first + c]! += d;
      }
    }
    const shift = gSum / n;
    const slope = (gxSum / n) * r;
    for (let at = from; at < to; at += channels)
      for (let c = 0; c < share; c++)
        dx[at + c] = r * (dy[at + c]! * gamma[first + c]! - shift - (x[at + c]! - mean) * slope);
  }
  return { dx, dgamma, dbeta };
};

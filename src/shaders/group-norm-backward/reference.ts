/**
 * dx = r·(g − mean(g) − x̂·mean(g·x̂)), dγ = Σ dy·x̂, dβ = Σ dy with g = dy·γ, x̂ = (x − mean)·r in float64, means over a
 * group, from the statistics that were given.
 */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { groupDims } from '@/shaders/group-norm/dims';
import type { GroupNormBackwardAttrs } from './kernel';

export const reference: Reference<GroupNormBackwardAttrs> = (inputs, { groups }) => {
  const { pixels, channels, share, rows } = groupDims(inputs, groups);
  const [x, dy] = [toFloat64(inputs.x!), toFloat64(inputs.dy!)];
  const [gamma, stats] = [toFloat64(inputs.gamma!), toFloat64(inputs.stats!)];
  const dx = new Float64Array(x.length);
  const dgamma = new Float64Array(channels);
  const dbeta = new Float64Array(channels);
  const rowOf = (i: number): number =>
    Math.floor(i / (pixels * channels)) * groups + Math.floor((i % channels) / share);
  const xhat = x.map((v, i) => (v - stats[2 * rowOf(i)]!) * stats[2 * rowOf(i) + 1]!);
  const [gSums, gxSums] = [new Float64Array(rows), new Float64Array(rows)];
  dy.forEach((d, i) => {
    const c = i % channels;
    gSums[rowOf(i)]! += d * gamma[c]!;
    gxSums[rowOf(i)]! += d * gamma[c]! * xhat[i]!;
    dgamma[c]! += d * xhat[i]!;
    dbeta[c]! += d;
  });
  const n = pixels * share;
  dy.forEach((d, i) => {
    const row = rowOf(i);
    const taken = gSums[row]! / n + (xhat[i]! * gxSums[row]!) / n;
    dx[i] = stats[2 * row + 1]! * (d * gamma[i % channels]! - taken);
  });
  return { dx, dgamma, dbeta };
};

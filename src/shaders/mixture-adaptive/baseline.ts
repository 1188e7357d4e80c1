/** The same pair of formulae on one CPU core, a particle after the other, each with steps of its own. */
import type { Baseline } from '@/gpu/kernel';
import { COMPONENT } from '@/shaders/lib/mixture';
import { crossOf } from '@/shaders/lib/probe';
import { dormandPrince, type Slope } from './dormandPrince';
import type { AdaptiveAttrs } from './kernel';

export const baseline: Baseline<AdaptiveAttrs> = (inputs, attrs, [start, end]) => {
  const y = inputs.y!.data;
  const components = inputs.components!.data;
  const K = components.length / COMPONENT;
  const logs = new Float64Array(K);
  const means = new Float64Array(2 * K);
  const gains = new Float64Array(K);
  let q = 0;
  const slope: Slope = (level, state, out) => {
    const variance = Math.exp(2 * level);
    const [px, py] = [state[0]!, state[1]!];
    let most = -Infinity;
    for (let k = 0, at = 0; k < K; k++, at += COMPONENT) {
      const [cos, sin] = [components[at + 3]!, components[at + 4]!];
      const [l1, l2] = [components[at + 5]!, components[at + 6]!];
      const dx = px - components[at + 1]!;
      const dy = py - components[at + 2]!;
      const u = cos * dx + sin * dy;
      const v = cos * dy - sin * dx;
      const c = 1 / (l1 + variance);
      const d = 1 / (l2 + variance);
      const log = components[at]! - 0.5 * (u * u * c + v * v * d) + 0.5 * Math.log(c * d);
      logs[k] = log;
      if (log > most) most = log;
      means[2 * k] = components[at + 1]! + cos * l1 * c * u - sin * l2 * d * v;
      means[2 * k + 1] = components[at + 2]! + sin * l1 * c * u + cos * l2 * d * v;
      gains[k] = l1 * c + l2 * d + 2 * q * cos * sin * (l1 * c - l2 * d);
    }
    let [sum, mx, my, gain] = [0, 0, 0, 0];
    for (let k = 0; k < K; k++) {
      const below = logs[k]! - most;
      // Nothing beside 1 in either precision.
      const share = below < -40 ? 0 : Math.exp(below);
      logs[k] = share;
      sum += share;
      mx += share * means[2 * k]!;
      my += share * means[2 * k + 1]!;
      gain += share * gains[k]!;
    }
    mx /= sum;
    my /= sum;
    let spread = 0;
    for (let k = 0; k < K; k++) {
      const ox = means[2 * k]! - mx;
      const oy = means[2 * k + 1]! - my;
      spread += logs[k]! * (ox * ox + oy * oy + 2 * q * ox * oy);
    }
    out[0] = px - mx;
    out[1] = py - my;
    out[2] = (gain + spread / variance) / sum - 2;
  };
  const out = {
    end: new Float32Array(2 * (end - start)),
    change: new Float32Array(end - start),
    evaluations: new Float32Array(end - start),
    left: new Float32Array(end - start),
  };
  const state = new Float64Array(3);
  const [begin, last] = [Math.log(attrs.from), Math.log(attrs.to)];
  for (let row = start; row < end; row++) {
    q = crossOf(row, attrs);
    state.set([y[2 * row]!, y[2 * row + 1]!, 0]);
    const judged = attrs.density ? 3 : 2;
    const { evaluations, left } = dormandPrince(slope, state, begin, last, { ...attrs, judged });
    out.end.set(state.subarray(0, 2), 2 * (row - start));
    if (attrs.density) out.change[row - start] = state[2]!;
    out.evaluations[row - start] = evaluations;
    out.left[row - start] = left;
  }
  return out;
};

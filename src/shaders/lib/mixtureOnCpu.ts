/** The mixture's sums on one CPU core, for baselines: what depends on the level alone is worked out before. */
import { COMPONENT, PREPARED } from './mixture';

/** Of each component s μ, two whitening rows, the offset of its logarithm, the symmetric gain (3), μ; see mixture.wgsl. */
export function prepared(
  components: ArrayLike<number>,
  s: number,
  std: number,
  score: boolean,
): Float64Array<ArrayBuffer> {
  const K = components.length / COMPONENT;
  const out = new Float64Array(PREPARED * K);
  for (let k = 0; k < K; k++) {
    const at = (j: number): number => components[COMPONENT * k + j]!;
    const [mx, my, cos, sin] = [at(1), at(2), at(3), at(4)];
    const [C1, C2] = [s * s * at(5) + std * std, s * s * at(6) + std * std];
    const [w1, w2] = [Math.sqrt(0.5 / C1), Math.sqrt(0.5 / C2)];
    const [g1, g2] = score ? [-1 / C1, -1 / C2] : [(s * at(5)) / C1, (s * at(6)) / C2];
    const gain = [g1 * cos * cos + g2 * sin * sin, (g1 - g2) * cos * sin, g1 * sin * sin + g2 * cos * cos];
    const rows = [w1 * cos, w1 * sin, -w2 * sin, w2 * cos];
    const offset = at(0) - 0.5 * Math.log(C1) - 0.5 * Math.log(C2);
    out.set([s * mx, s * my, ...rows, offset, ...gain, score ? 0 : mx, score ? 0 : my], PREPARED * k);
  }
  return out;
}

/**
 * Leaves (Σ r D, ln Σ e^…, its largest term) in `out`, and the terms' logarithms in `logs` [K]; ln Σ lacks −ln 2π.
 * Terms below e⁻⁴⁰ of the largest are left out, as they are nothing beside 1 in either precision.
 */
export function weigh(
  level: Float64Array<ArrayBuffer>,
  logs: Float64Array<ArrayBuffer>,
  x: number,
  y: number,
  out: Float64Array<ArrayBuffer>,
): void {
  let most = -Infinity;
  for (let k = 0, at = 0; k < logs.length; k++, at += PREPARED) {
    const u = x - level[at]!;
    const w = y - level[at + 1]!;
    const v = level[at + 2]! * u + level[at + 3]! * w;
    const q = level[at + 4]! * u + level[at + 5]! * w;
    const log = level[at + 6]! - v * v - q * q;
    logs[k] = log;
    if (log > most) most = log;
  }
  let sum = 0;
  let dx = 0;
  let dy = 0;
  for (let k = 0, at = 0; k < logs.length; k++, at += PREPARED) {
    const below = logs[k]! - most;
    if (below < -40) continue;
    const share = Math.exp(below);
    const u = x - level[at]!;
    const w = y - level[at + 1]!;
    sum += share;
    dx += share * (level[at + 10]! + level[at + 7]! * u + level[at + 8]! * w);
    dy += share * (level[at + 11]! + level[at + 8]! * u + level[at + 9]! * w);
  }
  out[0] = dx / sum;
  out[1] = dy / sum;
  out[2] = most + Math.log(sum);
}

/**
 * tr ∂D/∂x + 2 q ∂D₁/∂x₂ after `weigh` at the same place (lib/probe.ts says what q is).
 * @param pull s/std²
 */
export function flowOnCpu(
  level: Float64Array<ArrayBuffer>,
  logs: Float64Array<ArrayBuffer>,
  found: Float64Array<ArrayBuffer>,
  x: number,
  y: number,
  pull: number,
  q: number,
): number {
  const dx = found[0]!;
  const dy = found[1]!;
  const total = found[2]!;
  let sum = 0;
  for (let k = 0, at = 0; k < logs.length; k++, at += PREPARED) {
    const below = logs[k]! - total;
    if (below < -40) continue;
    const u = x - level[at]!;
    const w = y - level[at + 1]!;
    const ox = level[at + 10]! + level[at + 7]! * u + level[at + 8]! * w - dx;
    const oy = level[at + 11]! + level[at + 8]! * u + level[at + 9]! * w - dy;
    const gain = level[at + 7]! + level[at + 9]! + 2 * q * level[at + 8]!;
    sum += Math.exp(below) * (gain + pull * (ox * ox + oy * oy + 2 * q * ox * oy));
  }
  return sum;
}

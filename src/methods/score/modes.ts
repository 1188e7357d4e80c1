/**
 * Modes of a mixture: components between which the density has no valley belong together, so that the strokes of a spiral
 * are one mode and two lumps are two. A sample's share in a mode is its posterior, so exact samples have the true weights.
 */
import { denoise, type Mixture } from '@/methods/diffusion/mixture';
import { reachOf } from './starts';

/** The density is looked at through a blur of this part of the data's reach, so that strokes along a curve meet. */
const BLUR = 0.04;
/** On the way between two means the density stays above this part of the lower of both, or there is a valley. */
const VALLEY = 0.4;
/** Components further apart than this many deviations have a valley between them, or others in it. */
const NEAR = 7;
/** Density is looked at at so many points between two means. */
const POINTS = 7;

export interface Mode {
  /** Of all, true. */
  readonly weight: number;
  readonly centre: readonly [number, number];
  readonly components: readonly number[];
}

type Point = readonly [number, number];

/** Standard deviation of a component along a unit vector. */
function deviation({ cos, sin, lambda }: Mixture[number], [ux, uy]: Point, std: number): number {
  const [a, b] = [cos * ux + sin * uy, -sin * ux + cos * uy];
  return Math.sqrt(lambda[0] * a * a + lambda[1] * b * b + std * std);
}

function joined(mixture: Mixture, k: number, l: number, std: number, logAt: (x: Point) => number): boolean {
  const [from, to] = [mixture[k]!.mean, mixture[l]!.mean];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return true;
  const along: Point = [dx / length, dy / length];
  if (length > NEAR * (deviation(mixture[k]!, along, std) + deviation(mixture[l]!, along, std))) return false;
  const lower = Math.min(logAt(from), logAt(to));
  for (let i = 1; i <= POINTS; i++) {
    const share = i / (POINTS + 1);
    if (logAt([from[0] + share * dx, from[1] + share * dy]) < lower + Math.log(VALLEY)) return false;
  }
  return true;
}

/** The heaviest first. */
export function modesOf(mixture: Mixture): Mode[] {
  const std = BLUR * reachOf(mixture);
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const parent = mixture.map((_, k) => k);
  const rootOf = (k: number): number => (parent[k] === k ? k : rootOf(parent[k]!));
  const logAt = (x: Point): number => denoise(mixture, x, 1, std).logp;
  for (let k = 0; k < mixture.length; k++)
    for (let l = 0; l < k; l++)
      if (rootOf(k) !== rootOf(l) && joined(mixture, k, l, std, logAt)) parent[rootOf(k)] = rootOf(l);
  const groups = new Map<number, number[]>();
  parent.forEach((_, k) => groups.set(rootOf(k), [...(groups.get(rootOf(k)) ?? []), k]));
  return [...groups.values()]
    .map((components): Mode => {
      const weight = components.reduce((sum, k) => sum + mixture[k]!.weight, 0);
      const mean = (axis: 0 | 1): number =>
        components.reduce((sum, k) => sum + mixture[k]!.weight * mixture[k]!.mean[axis], 0) / weight;
      return { weight: weight / total, centre: [mean(0), mean(1)], components };
    })
    .sort((a, b) => b.weight - a.weight);
}

export interface Counted {
  /** Of each mode, over the points that are finite. */
  readonly shares: readonly number[];
  /** Half of Σ |share − weight|: the part of the mass that is in a wrong mode. */
  readonly misplaced: number;
  /** Part of the points that is further out than ten times the data, or not finite: the step was too large. */
  readonly lost: number;
}

/** Weights of the modes among points [n, 2], of which at most `most` are looked at, evenly. */
export function countModes(
  mixture: Mixture,
  modes: readonly Mode[],
  points: ArrayLike<number>,
  std: number,
  most = 4096,
): Counted {
  const all = points.length / 2;
  const n = Math.min(all, most);
  const sums = modes.map(() => 0);
  const plane = 10 * reachOf(mixture);
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const at = Math.floor((i * all) / n);
    const [x, y] = [points[2 * at]!, points[2 * at + 1]!];
    if (!(Math.max(Math.abs(x), Math.abs(y)) < plane)) {
      lost++;
      continue;
    }
    const { shares } = denoise(mixture, [x, y], 1, std);
    modes.forEach(({ components }, m) => {
      for (const k of components) sums[m]! += shares[k]!;
    });
  }
  const found = sums.map((sum) => sum / Math.max(1, n - lost));
  const misplaced = found.reduce((sum, share, m) => sum + Math.abs(share - modes[m]!.weight) / 2, 0);
  return { shares: found, misplaced, lost: lost / n };
}

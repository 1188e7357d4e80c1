/**
 * Weighted points as a Gaussian mixture of at most K components: the group that spreads most is cut at its mean across its
 * longest axis until there are K, and each becomes the Gaussian with its weight, mean and covariance. So the whole keeps the
 * points' mean and covariance exactly, and a stroke becomes thin components that lie along it.
 */
import { component, type Mixture } from './mixture';

export interface Weighted {
  /** [n, 2] */
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

interface Group {
  readonly members: Int32Array;
  readonly weight: number;
  readonly mean: readonly [number, number];
  /** Covariance [[a, b], [b, c]]. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

function group({ points, weights }: Weighted, members: Int32Array): Group {
  let [weight, mx, my] = [0, 0, 0];
  for (const i of members) {
    weight += weights[i]!;
    mx += weights[i]! * points[2 * i]!;
    my += weights[i]! * points[2 * i + 1]!;
  }
  [mx, my] = [mx / weight, my / weight];
  let [a, b, c] = [0, 0, 0];
  for (const i of members) {
    const [dx, dy] = [points[2 * i]! - mx, points[2 * i + 1]! - my];
    a += weights[i]! * dx * dx;
    b += weights[i]! * dx * dy;
    c += weights[i]! * dy * dy;
  }
  return { members, weight, mean: [mx, my], a: a / weight, b: b / weight, c: c / weight };
}

/** Both sides of the line through the mean across the longest axis, or nothing where rounding leaves one side empty. */
function cut(of: Weighted, { members, mean, a, b, c }: Group): readonly [Group, Group] | undefined {
  const angle = 0.5 * Math.atan2(2 * b, a - c);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const isRight = (i: number): boolean =>
    cos * (of.points[2 * i]! - mean[0]) + sin * (of.points[2 * i + 1]! - mean[1]) > 0;
  const [left, right] = [members.filter((i) => !isRight(i)), members.filter(isRight)];
  return left.length > 0 && right.length > 0 ? [group(of, left), group(of, right)] : undefined;
}

/** @param blur the standard deviation that each point has of its own */
export function clustered(of: Weighted, most: number, blur: number): Mixture {
  const members = Int32Array.from(of.weights.keys()).filter((i) => of.weights[i]! > 0);
  if (members.length === 0) return [];
  const groups = [group(of, members)];
  const spread = ({ weight, a, c }: Group): number => weight * (a + c);
  while (groups.length < most) {
    const widest = groups.reduce((best, each, i) => (spread(each) > spread(groups[best]!) ? i : best), 0);
    const parts = spread(groups[widest]!) > 0 ? cut(of, groups[widest]!) : undefined;
    if (!parts) break;
    groups.splice(widest, 1, ...parts);
  }
  const own = blur * blur;
  return groups.map(({ weight, mean, a, b, c }) => component(weight, mean, a + own, b, c + own));
}

/**
 * The law of a process at two times: corr(x_t, x_u) = tr Cov(x_t, x_u) / √(tr Var x_t · tr Var x_u). Under the forward SDE
 * E[x_u | x_t] = (s_u/s_t) x_t for t < u, so it follows from the data's variance alone; reversed in time (Anderson 1982)
 * the SDE has the same joint law, the probability-flow ODE only the same marginals.
 */
import { transition, type LevelOf } from './forward';
import type { Mixture } from './mixture';
import type { Process } from './process';
import { levelAt } from './samplers';

/** tr Var x₀ of the data. */
export function totalVariance(mixture: Mixture): number {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const average = (of: (component: Mixture[number]) => number): number =>
    mixture.reduce((sum, component) => sum + (component.weight / total) * of(component), 0);
  const centre = [average(({ mean }) => mean[0]), average(({ mean }) => mean[1])] as const;
  return average(
    ({ mean, lambda }) => (mean[0] - centre[0]) ** 2 + (mean[1] - centre[1]) ** 2 + lambda[0] + lambda[1],
  );
}

/** Of the process itself, between two levels in either order. */
export function correlation(process: Process, mixture: Mixture, one: LevelOf, other: LevelOf): number {
  const [near, far] = one.sigma <= other.sigma ? [one, other] : [other, one];
  const variance = totalVariance(mixture);
  const at = (level: LevelOf): number => {
    const { s, std } = levelAt(process, level);
    return s * s * variance + 2 * std * std;
  };
  return transition(process, near, far).share * Math.sqrt(at(near) / at(far));
}

export interface Correlated {
  readonly value: number;
  /** Its standard error. */
  readonly error: number;
}

/** Of particles at two times, [n, 2] each; the error by the influence of each particle on the estimate. */
export function correlate(one: ArrayLike<number>, other: ArrayLike<number>): Correlated {
  const n = Math.min(one.length, other.length) / 2;
  const centred = (x: ArrayLike<number>): Float64Array => {
    let [mx, my] = [0, 0];
    for (let i = 0; i < n; i++) {
      mx += x[2 * i]! / n;
      my += x[2 * i + 1]! / n;
    }
    return Float64Array.from({ length: 2 * n }, (_, i) => x[i]! - (i % 2 === 0 ? mx : my));
  };
  const [a, b] = [centred(one), centred(other)];
  const mean = (p: Float64Array, q: Float64Array): number => p.reduce((sum, v, i) => sum + v * q[i]!, 0) / n;
  const [va, vb] = [mean(a, a), mean(b, b)];
  const value = mean(a, b) / Math.sqrt(va * vb);
  let influence = 0;
  for (let i = 0; i < n; i++) {
    const [ax, ay, bx, by] = [a[2 * i]!, a[2 * i + 1]!, b[2 * i]!, b[2 * i + 1]!];
    const own =
      (ax * bx + ay * by) / Math.sqrt(va * vb) -
      (value / 2) * ((ax * ax + ay * ay) / va + (bx * bx + by * by) / vb);
    influence += own * own;
  }
  return { value, error: Math.sqrt(influence) / n };
}

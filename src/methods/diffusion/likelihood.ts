/**
 * The density of a point through the probability-flow ODE (Song et al. 2021, appendix D.2): along a path,
 * d log p_t(x)/dt = −div(rate x − pull D) = pull tr ∂D/∂x − 2 rate, so log p_ε(x) is the prior's at the path's end and the
 * integral of the divergence on the way.
 */
import { denoise, type Mixture } from './mixture';
import type { Process } from './process';

type Point = readonly [number, number];

/** D and vᵀ (∂D/∂x) v for each direction, at x = s x₀ + std n. The two axes give the trace itself. */
export function jacobianAlong(
  mixture: Mixture,
  x: Point,
  s: number,
  std: number,
  directions: readonly Point[],
): { readonly mean: Point; readonly along: readonly number[] } {
  const { mean, score, shares } = denoise(mixture, x, s, std);
  const along = directions.map(([vx, vy]) =>
    mixture.reduce((sum, { mean: mu, cos, sin, lambda }, k) => {
      const [dx, dy] = [x[0] - s * mu[0], x[1] - s * mu[1]];
      // In the component's own axes: its posterior mean m, its score g, and the direction.
      const u = [cos * dx + sin * dy, -sin * dx + cos * dy] as const;
      const v = [cos * vx + sin * vy, -sin * vx + cos * vy] as const;
      let [A, m, g] = [0, mu[0] * vx + mu[1] * vy, -(score[0] * vx + score[1] * vy)];
      for (const axis of [0, 1] as const) {
        const C = s * s * lambda[axis] + std * std;
        A += ((s * lambda[axis]) / C) * v[axis] ** 2;
        m += ((s * lambda[axis]) / C) * u[axis] * v[axis];
        g -= (u[axis] / C) * v[axis];
      }
      return sum + shares[k]! * (A + m * g);
    }, 0),
  );
  return { mean, along };
}

const axes: readonly Point[] = [
  [1, 0],
  [0, 1],
];

interface Options {
  /** Runge–Kutta steps, evenly in ln σ. */
  readonly steps?: number;
  /** Where the path begins and ends. */
  readonly sigmaMin: number;
  readonly sigmaMax: number;
  /** Estimates the trace by vᵀ J v (Hutchinson): entries ±1, one probe for the whole path. Absent: the trace itself. */
  readonly probe?: Point;
}

/** log p_ε(x) of a point at σ = sigmaMin, in nats. */
export function logLikelihood(
  process: Process,
  mixture: Mixture,
  x: Point,
  { steps = 400, sigmaMin, sigmaMax, probe }: Options,
): number {
  const directions = probe ? [probe] : axes;
  /** Of x and of the integral of the divergence, by time. */
  const slope = (t: number, [px, py]: Point): readonly [number, number, number] => {
    const { mean, along } = jacobianAlong(mixture, [px, py], process.s(t), process.std(t), directions);
    const [rate, pull] = [process.rate(t), process.pull(t)];
    const trace = along.reduce((sum, value) => sum + value, 0);
    return [rate * px - pull * mean[0], rate * py - pull * mean[1], 2 * rate - pull * trace];
  };
  let at = [x[0], x[1], 0] as readonly [number, number, number];
  const time = (i: number): number => process.timeOf(sigmaMin * (sigmaMax / sigmaMin) ** (i / steps));
  for (let i = 0; i < steps; i++) {
    const [t, u] = [time(i), time(i + 1)];
    const h = u - t;
    const moved = (k: readonly number[], share: number): Point => [
      at[0] + share * h * k[0]!,
      at[1] + share * h * k[1]!,
    ];
    const k1 = slope(t, [at[0], at[1]]);
    const k2 = slope(t + h / 2, moved(k1, 0.5));
    const k3 = slope(t + h / 2, moved(k2, 0.5));
    const k4 = slope(u, moved(k3, 1));
    const next = ([0, 1, 2] as const).map((j) => at[j] + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
    at = next as unknown as readonly [number, number, number];
  }
  const std2 = process.std(time(steps)) ** 2;
  return -(at[0] ** 2 + at[1] ** 2) / (2 * std2) - Math.log(2 * Math.PI * std2) + at[2];
}

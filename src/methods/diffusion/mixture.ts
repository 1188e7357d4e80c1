/**
 * A Gaussian mixture in the plane, whose marginals, denoiser and score at every noise level are known in closed form:
 * p_t = Σ w_k N(s μ_k, s² Σ_k + std² I). All in float64; the same formulas as `shaders/mixture-steps`.
 */
import type { Random } from '@/lib/random';

export interface Component {
  readonly weight: number;
  readonly mean: readonly [number, number];
  /** Covariance R diag(λ₁, λ₂) Rᵀ with R = [[cos, −sin], [sin, cos]]. */
  readonly cos: number;
  readonly sin: number;
  readonly lambda: readonly [number, number];
}

export type Mixture = readonly Component[];
type Point = readonly [number, number];

/** A component from its covariance [[a, b], [b, c]]. */
export function component(weight: number, mean: Point, a: number, b: number, c: number): Component {
  const half = Math.hypot((a - c) / 2, b);
  const middle = (a + c) / 2;
  const angle = 0.5 * Math.atan2(2 * b, a - c);
  const first = middle + half;
  // The smaller eigenvalue from the determinant, where subtracting would cancel.
  const second = first > 0 ? Math.max(0, (a * c - b * b) / first) : 0;
  return { weight, mean, cos: Math.cos(angle), sin: Math.sin(angle), lambda: [first, second] };
}

/** Numbers of a component on the GPU: log w, μ, (cos, sin), λ, and one of padding. */
export function packed(mixture: Mixture): Float32Array<ArrayBuffer> {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  return Float32Array.from(
    mixture.flatMap(({ weight, mean, cos, sin, lambda }) => [
      Math.log(weight / total),
      ...mean,
      cos,
      sin,
      ...lambda,
      0,
    ]),
  );
}

export interface Denoised {
  /** D = E[x₀ | x]. */
  readonly mean: Point;
  /** ∇ log p_t(x) = (s D − x)/std². */
  readonly score: Point;
  readonly logp: number;
  /** Responsibilities of the components. */
  readonly shares: readonly number[];
}

/** The denoiser at x = s x₀ + std n. */
export function denoise(mixture: Mixture, [x, y]: Point, s: number, std: number): Denoised {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const parts = mixture.map(({ weight, mean, cos, sin, lambda }) => {
    const [dx, dy] = [x - s * mean[0], y - s * mean[1]];
    const u = [cos * dx + sin * dy, -sin * dx + cos * dy] as const;
    const C = [s * s * lambda[0] + std * std, s * s * lambda[1] + std * std] as const;
    const log =
      Math.log(weight / total) -
      0.5 * (u[0] ** 2 / C[0] + u[1] ** 2 / C[1] + Math.log(C[0] * C[1])) -
      Math.log(2 * Math.PI);
    const [a, b] = [(s * lambda[0] * u[0]) / C[0], (s * lambda[1] * u[1]) / C[1]];
    const [p, q] = [-u[0] / C[0], -u[1] / C[1]];
    return {
      log,
      mean: [mean[0] + cos * a - sin * b, mean[1] + sin * a + cos * b] as const,
      score: [cos * p - sin * q, sin * p + cos * q] as const,
    };
  });
  const most = Math.max(...parts.map(({ log }) => log));
  const sum = parts.reduce((total, { log }) => total + Math.exp(log - most), 0);
  const shares = parts.map(({ log }) => Math.exp(log - most) / sum);
  const average = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part, k) => total + shares[k]! * of(part), 0);
  return {
    mean: [average(({ mean }) => mean[0]), average(({ mean }) => mean[1])],
    score: [average(({ score }) => score[0]), average(({ score }) => score[1])],
    logp: most + Math.log(sum),
    shares,
  };
}

/** The denoiser alone, for trajectories of many evaluations. */
export function denoiserOf(mixture: Mixture): (x: Point, s: number, std: number) => Point {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const K = mixture.length;
  const logs = new Float64Array(K);
  const means = new Float64Array(2 * K);
  return ([x, y], s, std) => {
    let most = -Infinity;
    mixture.forEach(({ weight, mean, cos, sin, lambda }, k) => {
      const [dx, dy] = [x - s * mean[0], y - s * mean[1]];
      const [u, v] = [cos * dx + sin * dy, -sin * dx + cos * dy];
      const [p, q] = [s * s * lambda[0] + std * std, s * s * lambda[1] + std * std];
      logs[k] = Math.log(weight / total) - 0.5 * ((u * u) / p + (v * v) / q + Math.log(p * q));
      if (logs[k] > most) most = logs[k]!;
      const [a, b] = [(s * lambda[0] * u) / p, (s * lambda[1] * v) / q];
      means[2 * k] = mean[0] + cos * a - sin * b;
      means[2 * k + 1] = mean[1] + sin * a + cos * b;
    });
    let [sum, mx, my] = [0, 0, 0];
    for (let k = 0; k < K; k++) {
      const share = Math.exp(logs[k]! - most);
      sum += share;
      mx += share * means[2 * k]!;
      my += share * means[2 * k + 1]!;
    }
    return [mx / sum, my / sum];
  };
}

/** n exact samples, [n, 2]. */
export function sample(mixture: Mixture, n: number, random: Random): Float64Array {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const out = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    let left = random.uniform() * total;
    const { mean, cos, sin, lambda } =
      mixture.find(({ weight }) => (left -= weight) <= 0) ?? mixture[mixture.length - 1]!;
    const [a, b] = [Math.sqrt(lambda[0]) * random.normal(), Math.sqrt(lambda[1]) * random.normal()];
    out[2 * i] = mean[0] + cos * a - sin * b;
    out[2 * i + 1] = mean[1] + sin * a + cos * b;
  }
  return out;
}

/** Mean square distance from the origin along an axis: how far the data reach. */
export function spreadOf(mixture: Mixture): number {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  return mixture.reduce(
    (sum, { weight, mean, lambda }) =>
      sum + ((weight / total) * (mean[0] ** 2 + mean[1] ** 2 + lambda[0] + lambda[1])) / 2,
    0,
  );
}

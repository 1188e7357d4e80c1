/**
 * A Gaussian mixture in the plane as kernels see it: components [K, 8] = (log w, μ, cos θ, sin θ, λ₁, λ₂, 0), the
 * covariance Σ having the eigenvectors (cos θ, sin θ) and (−sin θ, cos θ); and its marginal at the level x = s x₀ + std n
 * in float64, from the covariances themselves: C = s² Σ + std² I.
 */
import { f32, u32s, type Attribute, type Pass, type Shader } from '@/gpu/kernel';
import type { Specs, TensorSpec } from '@/lib/tensor';
import { given, givenLike, wrongShape } from './flat';
import functionsCode from './functions.wgsl?raw';
import { lanes } from './gauss';
import sumCode from './mixture-sum.wgsl?raw';
import levelCode from './mixture-level.wgsl?raw';
import mixtureCode from './mixture.wgsl?raw';
import pointCode from './point.wgsl?raw';
import aloneCode from './prepared-alone.wgsl?raw';
import quadCode from './prepared-quad.wgsl?raw';

/** Numbers of a component. */
export const COMPONENT = 8;
/** Numbers of a component prepared for one level. */
export const PREPARED = 12;

export interface Posterior {
  /** D = E[x₀ | x]. */
  readonly denoised: readonly [number, number];
  /** ∇ log p(x) */
  readonly score: readonly [number, number];
  readonly logp: number;
  /** tr ∂D/∂x */
  readonly divergence: number;
  /** ∂D₁/∂x₂ = ∂D₂/∂x₁ */
  readonly cross: number;
}

/** @param components [K, 8]; w need not sum to 1, logp is then that of Σ w N. */
export function posterior(
  components: ArrayLike<number>,
  s: number,
  std: number,
  x: number,
  y: number,
): Posterior {
  const parts = Array.from({ length: components.length / COMPONENT }, (_, k) => {
    const [logw, mx, my, cos, sin, l1, l2] = Array.from(
      { length: 7 },
      (_, j) => components[COMPONENT * k + j]!,
    ) as [number, number, number, number, number, number, number];
    const unit = cos * cos + sin * sin;
    const sigma = [
      (l1 * cos * cos + l2 * sin * sin) / unit,
      ((l1 - l2) * cos * sin) / unit,
      (l1 * sin * sin + l2 * cos * cos) / unit,
    ] as const;
    const [a, b, c] = [s * s * sigma[0] + std * std, s * s * sigma[1], s * s * sigma[2] + std * std];
    // The determinant by the eigenvalues: a c − b² cancels where a component is thin.
    const det = (s * s * l1 + std * std) * (s * s * l2 + std * std);
    const [dx, dy] = [x - s * mx, y - s * my];
    const g = [(b * dy - c * dx) / det, (b * dx - a * dy) / det] as const;
    // Σ C⁻¹ d = −Σ g
    const d = [
      mx - s * (sigma[0] * g[0] + sigma[1] * g[1]),
      my - s * (sigma[1] * g[0] + sigma[2] * g[1]),
    ] as const;
    const trace = (s * (sigma[0] * c - 2 * sigma[1] * b + sigma[2] * a)) / det;
    const cross = (s * sigma[1] * std * std) / det;
    const log = logw - Math.log(2 * Math.PI) - 0.5 * Math.log(det) + 0.5 * (g[0] * dx + g[1] * dy);
    return { log, g, d, trace, cross };
  });
  const most = parts.reduce((m, { log }) => Math.max(m, log), -Infinity);
  const sum = parts.reduce((total, { log }) => total + Math.exp(log - most), 0);
  const mean = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + Math.exp(part.log - most) * of(part), 0) / sum;
  const denoised = [mean(({ d }) => d[0]), mean(({ d }) => d[1])] as const;
  const score = [mean(({ g }) => g[0]), mean(({ g }) => g[1])] as const;
  // ∂D = Σ r_k ∂D_k + Σ r_k (D_k − D)(g_k − g)ᵀ, as ∇ r_k = r_k (g_k − g). Of pure noise D does not depend on x.
  const spread = mean(
    ({ trace, d, g }) =>
      trace + (d[0] - denoised[0]) * (g[0] - score[0]) + (d[1] - denoised[1]) * (g[1] - score[1]),
  );
  const cross = mean(({ cross: own, d, g }) => own + (d[0] - denoised[0]) * (g[1] - score[1]));
  const isNoise = s === 0;
  return {
    ...{ denoised, score, logp: most + Math.log(sum) },
    ...{ divergence: isNoise ? 0 : spread, cross: isNoise ? 0 : cross },
  };
}

/** The inputs `x`, or what the points are called, [n, 2] and `components` [K, 8]. */
export function mixtureSizes(
  inputs: Specs,
  points = 'x',
): {
  readonly n: number;
  readonly K: number;
  readonly x: TensorSpec;
} {
  const x = given(inputs, points);
  const [n = 0] = x.shape;
  givenLike(inputs, points, 'a point', [n, 2]);
  const { shape } = given(inputs, 'components');
  const [K = 0, width] = shape;
  if (shape.length !== 2 || width !== COMPONENT) throw wrongShape('components', shape, `[K, ${COMPONENT}]`);
  return { n, K, x };
}

const functions: Shader = { file: 'lib/functions.wgsl', code: functionsCode };
/** `prepare(…)` of one component. */
export const prepareShader: Shader = { file: 'lib/mixture.wgsl', code: mixtureCode, uses: [functions] };
/** `three_prepared(i, mine)`: each lane's own loads, or a quad's, which needs subgroups. */
export const threePrepared = (quad: boolean): Shader =>
  quad
    ? { file: 'lib/prepared-quad.wgsl', code: quadCode }
    : { file: 'lib/prepared-alone.wgsl', code: aloneCode };

/** `struct Point` over as many numbers as `lanes` says. */
export const pointShader = (width: keyof typeof lanes): Shader => ({
  file: 'lib/point.wgsl',
  code: pointCode,
  uses: [lanes[width]],
});

/** `mixture(p, start, components, mine)` over `prepared`. */
export const sumShader = (width: keyof typeof lanes, quad = false): Shader => ({
  file: 'lib/mixture-sum.wgsl',
  code: sumCode,
  uses: [pointShader(width), threePrepared(quad)],
});

/** A level x = s x₀ + std n. */
export interface LevelAttrs {
  readonly s: number;
  readonly std: number;
}

export const levelAttrs = {
  s: { kind: 'number', default: 1, min: 0 },
  std: { kind: 'number', default: 1, min: 1e-6 },
} as const satisfies Record<keyof LevelAttrs, Attribute>;

/** Prepares all components for one level, into the scratch buffer `prepared`. */
export const levelPass = (K: number, { s, std }: LevelAttrs, score: boolean): Pass => ({
  shader: { file: 'lib/mixture-level.wgsl', code: levelCode, uses: [prepareShader] },
  params: { ...u32s({ components: K, score: Number(score) }), s: f32(s), dev: f32(std) },
  bindings: [
    { name: 'components', access: 'read', vec: 4 },
    { name: 'prepared', access: 'read_write', vec: 4 },
  ],
  groups: Math.ceil(K / 64),
  flops: 100 * K,
});
export const levelScratch = (K: number): { readonly prepared: number } => ({ prepared: 4 * PREPARED * K });

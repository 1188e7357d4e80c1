/**
 * Noising processes x_t = s(t) (x₀ + σ(t) n), n ~ N(0, I) (Karras et al. 2022, "Elucidating the design space of
 * diffusion-based generative models", eq. 4; Song et al. 2021, "Score-based generative modeling through SDEs").
 * Everything else of a process follows from s and σ: the SDE dx = f(t) x dt + g(t) dw with f = ṡ/s and
 * g² = 2 std² σ̇/σ, where std = s σ, and the probability-flow ODE dx/dt = rate(t) x − pull(t) D(x/s; σ), where
 * rate = d ln std/dt and pull = s σ̇/σ. Both stay finite where σ does not (flow matching at t = 1).
 */
import type { ProcessName } from './names';

export interface Process {
  readonly name: string;
  /** Where pure noise is. */
  readonly T: number;
  readonly s: (t: number) => number;
  /** +Infinity where s is 0. */
  readonly sigma: (t: number) => number;
  /** s σ, the standard deviation of x_t given s x₀: finite everywhere. */
  readonly std: (t: number) => number;
  /** The time of a noise level: the inverse of σ(t). */
  readonly timeOf: (sigma: number) => number;
  /** f = ṡ/s of the drift f(t) x. */
  readonly drift: (t: number) => number;
  /** d ln std/dt. */
  readonly rate: (t: number) => number;
  /** s σ̇/σ. */
  readonly pull: (t: number) => number;
}

/** g², the squared diffusion coefficient of the forward SDE. */
export const diffusion2 = (process: Process, t: number): number =>
  2 * process.std(t) ** 2 * (process.rate(t) - process.drift(t));

/** β(t) = β_min + β_d t and its integral. */
export interface VpOptions {
  readonly betaMin?: number;
  readonly betaD?: number;
}

/** Variance preserving, β linear in t: s = 1/√(1+σ²), σ = √(exp(½β_d t² + β_min t) − 1). */
export function vp({ betaMin = 0.1, betaD = 19.9 }: VpOptions = {}): Process {
  const integral = (t: number): number => 0.5 * betaD * t * t + betaMin * t;
  const beta = (t: number): number => betaMin + betaD * t;
  const s = (t: number): number => Math.exp(-0.5 * integral(t));
  const std2 = (t: number): number => -Math.expm1(-integral(t));
  return {
    name: 'vp',
    T: 1,
    s,
    sigma: (t) => Math.sqrt(Math.expm1(integral(t))),
    std: (t) => Math.sqrt(std2(t)),
    timeOf: (sigma) => (Math.sqrt(betaMin ** 2 + 2 * betaD * Math.log1p(sigma * sigma)) - betaMin) / betaD,
    drift: (t) => -0.5 * beta(t),
    // d ln std/dt = ½ β s²/std²; σ̇/σ = ½ β/std².
    rate: (t) => (0.5 * beta(t) * (1 - std2(t))) / std2(t),
    pull: (t) => (0.5 * beta(t) * s(t)) / std2(t),
  };
}

/** Sub-VP: the drift of VP, g² = β (1 − e^{−2∫β}), so that std = 1 − s². */
export function subVp(options: VpOptions = {}): Process {
  const { betaMin = 0.1, betaD = 19.9 } = options;
  const base = vp(options);
  const beta = (t: number): number => betaMin + betaD * t;
  const std = (t: number): number => base.std(t) ** 2;
  // std = 1 − s²: d ln std/dt = β s²/std; σ̇/σ = that + ½ β.
  const rate = (t: number): number => (beta(t) * (1 - std(t))) / std(t);
  return {
    ...base,
    name: 'sub-vp',
    sigma: (t) => std(t) / base.s(t),
    std,
    // σ = (1 − s²)/s is a quadratic equation for s, and s gives VP's σ.
    timeOf: (sigma) => {
      const scale = 2 / (sigma + Math.sqrt(sigma * sigma + 4));
      return base.timeOf(Math.sqrt(1 / (scale * scale) - 1));
    },
    rate,
    pull: (t) => base.s(t) * (rate(t) + 0.5 * beta(t)),
  };
}

/** VP with the cosine schedule ᾱ(t) = cos²(π/2 · (t+c)/(1+c)) / cos²(π/2 · c/(1+c)) (Nichol & Dhariwal 2021), t ≤ T. */
export function cosine({ offset = 0.008, T = 0.9999 }: { offset?: number; T?: number } = {}): Process {
  const rad = Math.PI / 2 / (1 + offset);
  const first = Math.cos(rad * offset);
  const s = (t: number): number => Math.min(1, Math.cos(rad * (t + offset)) / first);
  const drift = (t: number): number => -rad * Math.tan(rad * (t + offset));
  // 1 − s² without cancellation near t = 0: sin(u + v) sin(u − v) = sin²u − sin²v.
  const std2 = (t: number): number =>
    (Math.sin(rad * (t + 2 * offset)) * Math.sin(rad * t)) / (first * first);
  return {
    name: 'vp-cosine',
    T,
    s,
    sigma: (t) => Math.sqrt(std2(t)) / s(t),
    std: (t) => Math.sqrt(std2(t)),
    timeOf: (sigma) => Math.acos(first / Math.sqrt(1 + sigma * sigma)) / rad - offset,
    drift,
    rate: (t) => (-drift(t) * s(t) ** 2) / std2(t),
    pull: (t) => (-drift(t) * s(t)) / std2(t),
  };
}

/** Variance exploding as EDM writes it: s = 1, σ = √t. */
export function ve({ sigmaMax = 100 }: { sigmaMax?: number } = {}): Process {
  return {
    name: 've',
    T: sigmaMax * sigmaMax,
    s: () => 1,
    sigma: Math.sqrt,
    std: Math.sqrt,
    timeOf: (sigma) => sigma * sigma,
    drift: () => 0,
    rate: (t) => 0.5 / t,
    pull: (t) => 0.5 / t,
  };
}

/** Variance exploding as Song et al. write it: σ = σ_min (σ_max/σ_min)^t, t in [0, 1]; σ(0) is not 0. */
export function veGeometric({ sigmaMin = 0.01, sigmaMax = 50 } = {}): Process {
  const log = Math.log(sigmaMax / sigmaMin);
  const sigma = (t: number): number => sigmaMin * Math.exp(log * t);
  return {
    name: 've-geometric',
    T: 1,
    s: () => 1,
    sigma,
    std: sigma,
    timeOf: (level) => Math.log(level / sigmaMin) / log,
    drift: () => 0,
    rate: () => log,
    pull: () => log,
  };
}

/** EDM: s = 1, σ = t. */
export function edm({ sigmaMax = 80 }: { sigmaMax?: number } = {}): Process {
  const same = (t: number): number => t;
  return {
    name: 'edm',
    T: sigmaMax,
    s: () => 1,
    sigma: same,
    std: same,
    timeOf: same,
    drift: () => 0,
    rate: (t) => 1 / t,
    pull: (t) => 1 / t,
  };
}

/** Rectified flow: x_t = (1−t) x₀ + t n, so s = 1−t, σ = t/(1−t), and dx/dt = n − x₀ on average (Liu et al. 2022). */
export function flow(): Process {
  return {
    name: 'flow',
    T: 1,
    s: (t) => 1 - t,
    sigma: (t) => t / (1 - t),
    std: (t) => t,
    timeOf: (sigma) => (sigma === Infinity ? 1 : sigma / (1 + sigma)),
    drift: (t) => -1 / (1 - t),
    rate: (t) => 1 / t,
    pull: (t) => 1 / t,
  };
}

/**
 * DDPM's levels lie on s = 1/√(1+σ²), here with σ itself as the time: between its 1000 steps there is no other clock
 * (Ho et al. 2020; Karras et al. 2022, table 1, the column of iDDPM).
 */
export function ddpm(): Process {
  return {
    name: 'ddpm',
    T: Infinity,
    s: (t) => 1 / Math.sqrt(1 + t * t),
    sigma: (t) => t,
    std: (t) => t / Math.sqrt(1 + t * t),
    timeOf: (sigma) => sigma,
    drift: (t) => -t / (1 + t * t),
    rate: (t) => 1 / (t * (1 + t * t)),
    pull: (t) => 1 / (t * Math.sqrt(1 + t * t)),
  };
}

export const processes: Readonly<Record<ProcessName, () => Process>> = {
  vp: () => vp(),
  ve: () => ve(),
  'sub-vp': () => subVp(),
  edm: () => edm(),
  flow,
  ddpm,
};

/**
 * Noise levels that a sampler visits: N of them, falling, then 0 (Karras et al. 2022, table 1). A schedule gives times of
 * its own process; on another process its levels σ are taken over by `timeOf`.
 */
import { cosine, flow, vp } from './process';

/** β_1 … β_T of DDPM, linear from 1e-4 to 0.02 (Ho et al. 2020, §4). */
export function ddpmBetas(T = 1000, first = 1e-4, last = 0.02): Float64Array {
  return Float64Array.from({ length: T }, (_, i) => first + ((last - first) * i) / (T - 1));
}

/** ᾱ_0 = 1, ᾱ_1 … ᾱ_T. */
export function alphaBars(betas: Float64Array): Float64Array {
  const bars = new Float64Array(betas.length + 1).fill(1);
  betas.forEach((beta, i) => (bars[i + 1] = bars[i]! * (1 - beta)));
  return bars;
}

/** N steps out of T, evenly spaced, the first of them T (Nichol & Dhariwal 2021, §4). */
export const respaced = (N: number, T = 1000): number[] =>
  Array.from({ length: N }, (_, i) => Math.round(T - (i * T) / N));

export interface Bounds {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

const spread = (N: number, at: (share: number) => number): number[] =>
  Array.from({ length: N }, (_, i) => at(N === 1 ? 0 : i / (N - 1)));

/** (σ_max^{1/ρ} + i/(N−1) (σ_min^{1/ρ} − σ_max^{1/ρ}))^ρ: EDM's, ρ = 7. */
export function edmSigmas(N: number, { sigmaMin, sigmaMax }: Bounds, rho = 7): number[] {
  const [from, to] = [sigmaMax ** (1 / rho), sigmaMin ** (1 / rho)];
  const levels = spread(N, (share) => (from + share * (to - from)) ** rho);
  // Powers round: the ends are what was asked for.
  levels[N - 1] = N > 1 ? sigmaMin : sigmaMax;
  levels[0] = sigmaMax;
  return levels;
}

/** Geometric: VE's σ² and NCSN's σ fall by a constant factor. */
export const geometricSigmas = (N: number, { sigmaMin, sigmaMax }: Bounds): number[] =>
  spread(N, (share) => sigmaMax * (sigmaMin / sigmaMax) ** share);

/** VP: t evenly from 1 to ε_s. */
export const vpSigmas = (N: number, epsS = 1e-3, process = vp()): number[] =>
  spread(N, (share) => process.sigma(1 + share * (epsS - 1)));

/** The cosine schedule's σ, t evenly from its end to ε_s. */
export const cosineSigmas = (N: number, epsS = 1e-3, process = cosine()): number[] =>
  spread(N, (share) => process.sigma(process.T + share * (epsS - process.T)));

/** u_0 > … > u_M = 0 of iDDPM: u_{j−1} = √((u_j² + 1)/max(ᾱ_{j−1}/ᾱ_j, C₁) − 1), ᾱ_j = sin²(π j/(2M(C₂+1))). */
export function iddpmLevels(M = 1000, C1 = 0.001, C2 = 0.008): Float64Array {
  const bar = (j: number): number => Math.sin((Math.PI * j) / (2 * M * (C2 + 1))) ** 2;
  const u = new Float64Array(M + 1);
  for (let j = M; j > 0; j--) {
    u[j - 1] = Math.sqrt((u[j]! ** 2 + 1) / Math.max(bar(j - 1) / bar(j), C1) - 1);
  }
  return u;
}

/** iDDPM's levels within the bounds, falling. */
export const iddpmAllowed = ({ sigmaMin, sigmaMax }: Bounds): number[] =>
  [...iddpmLevels()].filter((u) => u >= sigmaMin && u <= sigmaMax);

/**
 * Flow matching: t evenly from its largest, 1, to an N-th of that, then t ← shift·t / (1 + (shift − 1) t)
 * (Esser et al. 2024, §5.3.2).
 */
export function flowSigmas(N: number, shift = 1, sigmaMax = Infinity): number[] {
  const process = flow();
  const last = process.timeOf(sigmaMax);
  return Array.from({ length: N }, (_, i) => {
    const t = last * (1 - i / N);
    return process.sigma((shift * t) / (1 + (shift - 1) * t));
  });
}

/** DDPM's σ_j = √((1−ᾱ_j)/ᾱ_j) at N respaced steps. */
export function ddpmSigmas(N: number): number[] {
  const bars = alphaBars(ddpmBetas());
  return respaced(N).map((j) => Math.sqrt((1 - bars[j]!) / bars[j]!));
}

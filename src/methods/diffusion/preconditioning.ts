/**
 * D(y; σ) = c_skip y + c_out F(c_in y; c_noise) with y = x/s, how training draws σ, and its weight λ(σ)
 * (Karras et al. 2022, table 1; the column of flow matching follows from v = n − x₀).
 */
import type { Random } from '@/lib/random';
import { vp } from './process';
import { iddpmLevels } from './schedules';

export interface Preconditioning {
  readonly name: string;
  readonly cSkip: (sigma: number) => number;
  readonly cOut: (sigma: number) => number;
  readonly cIn: (sigma: number) => number;
  readonly cNoise: (sigma: number) => number;
  /** λ(σ) of the loss λ ‖D − x₀‖². */
  readonly weight: (sigma: number) => number;
  /** A σ as training draws it. */
  readonly draw: (random: Random) => number;
}

const M = 1000;
/** Data's standard deviation that EDM assumes. */
export const SIGMA_DATA = 0.5;
const MOST_SIGMA = 80;

function vpPreconditioning(): Preconditioning {
  const process = vp();
  const epsT = 1e-5;
  return {
    name: 'vp',
    cSkip: () => 1,
    cOut: (sigma) => -sigma,
    cIn: (sigma) => 1 / Math.sqrt(sigma * sigma + 1),
    cNoise: (sigma) => (M - 1) * process.timeOf(sigma),
    weight: (sigma) => 1 / sigma ** 2,
    draw: (random) => process.sigma(epsT + random.uniform() * (1 - epsT)),
  };
}

const vePreconditioning = (sigmaMin = 0.02, sigmaMax = 100): Preconditioning => ({
  name: 've',
  cSkip: () => 1,
  cOut: (sigma) => sigma,
  cIn: () => 1,
  cNoise: (sigma) => Math.log(sigma / 2),
  weight: (sigma) => 1 / sigma ** 2,
  draw: (random) => sigmaMin * (sigmaMax / sigmaMin) ** random.uniform(),
});

function iddpmPreconditioning(): Preconditioning {
  const u = iddpmLevels(M);
  const nearest = (sigma: number): number =>
    u.reduce((best, level, j) => (Math.abs(level - sigma) < Math.abs(u[best]! - sigma) ? j : best), 0);
  return {
    ...vpPreconditioning(),
    name: 'iddpm',
    cNoise: (sigma) => M - 1 - nearest(sigma),
    draw: (random) => u[random.int(0, M - 1)]!,
  };
}

/** ln σ ~ N(mean, deviation²) in training. */
export interface LogNormal {
  readonly mean: number;
  readonly deviation: number;
}
/** As the paper trains. */
export const PAPER_NOISE: LogNormal = { mean: -1.2, deviation: 1.2 };

const edmPreconditioning = ({ mean, deviation } = PAPER_NOISE, data = SIGMA_DATA): Preconditioning => ({
  name: 'edm',
  cSkip: (sigma) => data ** 2 / (sigma ** 2 + data ** 2),
  cOut: (sigma) => (sigma * data) / Math.sqrt(sigma ** 2 + data ** 2),
  cIn: (sigma) => 1 / Math.sqrt(sigma ** 2 + data ** 2),
  cNoise: (sigma) => Math.log(sigma) / 4,
  weight: (sigma) => (sigma ** 2 + data ** 2) / (sigma * data) ** 2,
  draw: (random) => Math.exp(mean + deviation * random.normal()),
});

/** EDM's at the level x = s x₀ + std n, finite also where s is 0: D = skip x + out F(input x; noise). */
export function edmAt({ s, std }: { readonly s: number; readonly std: number }, data = SIGMA_DATA) {
  const total = std ** 2 + (s * data) ** 2;
  // No network has seen noise without end.
  const sigma = Math.min(MOST_SIGMA, s === 0 ? Infinity : std / s);
  return {
    skip: (s * data ** 2) / total,
    out: (std * data) / Math.sqrt(total),
    input: 1 / Math.sqrt(total),
    noise: Math.log(sigma) / 4,
  };
}

const flowPreconditioning = (): Preconditioning => ({
  name: 'flow',
  cSkip: (sigma) => 1 / (1 + sigma),
  cOut: (sigma) => -sigma / (1 + sigma),
  cIn: (sigma) => 1 / (1 + sigma),
  cNoise: (sigma) => sigma / (1 + sigma),
  weight: (sigma) => ((1 + sigma) / sigma) ** 2,
  draw: (random) => {
    const t = random.uniform();
    return t / (1 - t);
  },
});

export const preconditionings = {
  vp: vpPreconditioning,
  ve: () => vePreconditioning(),
  iddpm: iddpmPreconditioning,
  edm: (noise?: LogNormal) => edmPreconditioning(noise),
  flow: flowPreconditioning,
} as const;
export type PreconditioningName = keyof typeof preconditionings;

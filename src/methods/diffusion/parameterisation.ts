/**
 * What a network may predict of x = s x₀ + std n, and the conversions between them, exact both ways: every one is a
 * combination of x and D = E[x₀ | x]. Symbols: ε (Ho et al. 2020), v = s ε − std x₀ (Salimans & Ho 2022, there with
 * s² + std² = 1), the score ∇ log p_t, the velocity u = ε − x₀ (Liu et al. 2022), and EDM's preconditioned F.
 */
import { LabError } from '@/lib/errors';
import type { Preconditioning } from './preconditioning';

export const parameterisations = ['x0', 'eps', 'v', 'score', 'flow'] as const;
export type Parameterisation = (typeof parameterisations)[number];

/** output = x·from.x + D·from.d. */
export interface Combination {
  readonly x: number;
  readonly d: number;
}

const combinations: Readonly<Record<Parameterisation, (s: number, std: number) => Combination>> = {
  x0: () => ({ x: 0, d: 1 }),
  eps: (s, std) => ({ x: 1 / std, d: -s / std }),
  v: (s, std) => ({ x: s / std, d: -(s * s) / std - std }),
  score: (s, std) => ({ x: -1 / std ** 2, d: s / std ** 2 }),
  flow: (s, std) => ({ x: 1 / std, d: -s / std - 1 }),
};

/** The parameterisation as a combination of x and D at the level (s, std). */
export const combinationOf = (kind: Parameterisation, s: number, std: number): Combination =>
  combinations[kind](s, std);

/** F of D = c_skip y + c_out F, with y = x/s. */
export function combinationOfF({ cSkip, cOut }: Preconditioning, s: number, sigma: number): Combination {
  return { x: -cSkip(sigma) / (s * cOut(sigma)), d: 1 / cOut(sigma) };
}

/** D from a network's output and x. Where s = 0 the noise and the score say nothing of x₀: an error. */
export function denoisedFrom(combination: Combination, output: number, x: number): number {
  if (combination.d === 0) {
    throw new LabError('usage', {
      what: 'at s = 0 neither ε nor the score determines x₀; ask for x0, v or flow',
    });
  }
  return (output - combination.x * x) / combination.d;
}

export const outputFrom = (combination: Combination, d: number, x: number): number =>
  combination.x * x + combination.d * d;

/** One network output read as another. */
export const convert = (
  value: number,
  from: Parameterisation,
  to: Parameterisation,
  at: { readonly x: number; readonly s: number; readonly std: number },
): number =>
  outputFrom(
    combinationOf(to, at.s, at.std),
    denoisedFrom(combinationOf(from, at.s, at.std), value, at.x),
    at.x,
  );

/**
 * NCSN's noise ladder: σ_1 > … > σ_L, geometric, and the Langevin step α_i = ε σ_i²/σ_L² on each rung (Song & Ermon 2019,
 * algorithm 1). As in the authors' code, a step is x += α s + √(2α) z; the paper writes α/2 and √α for the same.
 */
import { geometricSigmas } from '@/methods/diffusion/schedules';

export interface Ladder {
  /** L levels, falling. */
  readonly sigmas: readonly number[];
  /** T. */
  readonly stepsPerLevel: number;
  readonly epsilon: number;
}

/** Song & Ermon 2019: 10 levels from 1 to 0.01, 100 steps on each, ε = 2·10⁻⁵. */
export const ncsn = { levels: 10, sigmaMax: 1, sigmaMin: 0.01, stepsPerLevel: 100, epsilon: 2e-5 } as const;

export const ladderOf = ({
  levels,
  sigmaMax,
  sigmaMin,
  stepsPerLevel,
  epsilon,
}: {
  readonly levels: number;
  readonly sigmaMax: number;
  readonly sigmaMin: number;
  readonly stepsPerLevel: number;
  readonly epsilon: number;
}): Ladder => ({ sigmas: geometricSigmas(levels, { sigmaMax, sigmaMin }), stepsPerLevel, epsilon });

export function stepSizes({ sigmas, epsilon }: Ladder): number[] {
  const last = sigmas[sigmas.length - 1]!;
  return sigmas.map((sigma) => (epsilon * sigma ** 2) / last ** 2);
}

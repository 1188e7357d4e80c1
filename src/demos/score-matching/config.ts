/** From parameters to the pieces of the method: the ladder, both programs, the distribution. */
import type { Context } from '@/lab/session';
import type { Mixture } from '@/methods/diffusion/mixture';
import { mixtureOr } from '@/methods/diffusion/own';
import type { Step } from '@/methods/diffusion/samplers';
import { ladderOf, type Ladder } from '@/methods/score/ladder';
import { annealed, plain, type OutputAt } from '@/methods/score/langevin';
import type { Params } from './params';

export const kinds = ['plain', 'annealed'] as const;
export type Kind = (typeof kinds)[number];

export const ladderIn = (params: Params): Ladder =>
  ladderOf({
    levels: params.levels,
    sigmaMax: params['sigma-max'],
    sigmaMin: params['sigma-min'],
    stepsPerLevel: params['steps-per-level'],
    epsilon: params.epsilon,
  });

/** σ_L: where a geometric ladder ends, or begins if it is one level. */
export const lastLevel = (params: Params): number => ladderIn(params).sigmas.at(-1)!;

/** Both make the same number of steps. */
export function programOf(kind: Kind, params: Params, output?: OutputAt): Step[] {
  const ladder = ladderIn(params);
  if (kind === 'annealed') return annealed(ladder, params.denoise, output);
  return plain(lastLevel(params), params['plain-step'], ladder.sigmas.length * ladder.stepsPerLevel, output);
}

export const mixtureOf = (params: Params, files: Context['files']): Promise<Mixture> =>
  mixtureOr(params.data, params.mixture, files.mixture);

/** Streams of the seed beside the chains' stages, which count from 0. */
export const streams = {
  start: 2 ** 31,
  weights: 2 ** 31 + 1,
  judge: 2 ** 31 + 2,
  batches: 2 ** 30,
} as const;

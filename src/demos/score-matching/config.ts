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

/** The level that the learned field is held against the exact one at. */
export function fieldLevel(params: Params): number {
  const { sigmas } = ladderIn(params);
  return sigmas[Math.max(0, sigmas.length - 1 - params['field-level'])]!;
}

/** What both runs of chains follow from, besides the session's own data; `step` of training where they follow its score. */
export const chainsKey = (params: Params, step: number): string =>
  JSON.stringify([
    ...[params['steps-per-level'], params.epsilon, params.denoise, params['plain-step']],
    ...[params.score, params.particles, step],
  ]);

/** Streams of the seed beside the chains' stages, which count from 0, and the batches of training. */
export const streams = { start: 2 ** 31, judge: 2 ** 31 + 2, checked: 2 ** 31 + 3 } as const;

/** From parameters to the pieces of the method: process, levels, the three programs, the distribution. */
import type { Context } from '@/lab/session';
import { forwardSteps } from '@/methods/diffusion/forward';
import { levelsOf, ownSchedule, type ScheduleName } from '@/methods/diffusion/levels';
import type { Mixture } from '@/methods/diffusion/mixture';
import { mixtureOr } from '@/methods/diffusion/own';
import { cosine, processes, veGeometric, type Process } from '@/methods/diffusion/process';
import { steps, type Step } from '@/methods/diffusion/samplers';
import type { Kind } from './kinds';
import type { Params, SdeName } from './params';

const made: Readonly<Record<SdeName, () => Process>> = {
  ...processes,
  cosine: () => cosine(),
  've-geometric': () => veGeometric(),
};

export const processOf = ({ process }: Pick<Params, 'process'>): Process => made[process]();

/** σ from 0.01 to 50, as Song et al. have it. */
const GEOMETRIC = { sigmaMin: 0.01, sigmaMax: 50 };

/** N falling noise levels, without the final 0. */
export function sigmasOf({ process, schedule, steps: N }: Params): number[] {
  const isLibrary = process !== 'cosine' && process !== 've-geometric';
  const own: ScheduleName = isLibrary ? ownSchedule[process] : process === 'cosine' ? 'cosine' : 've';
  const chosen = schedule === 'own' ? own : schedule;
  const bounds = chosen === 've' && process === 've-geometric' ? GEOMETRIC : undefined;
  return levelsOf(chosen, N, { bounds }, isLibrary ? process : 'edm');
}

/** The forward program begins at the data, the others at the noise; level j of one is step N − j of the others. */
export function programsOf(params: Params): Readonly<Record<Kind, Step[]>> {
  const process = processOf(params);
  const sigmas = sigmasOf(params);
  const ode = steps(process, params.ode, sigmas);
  const reverse =
    params.reverse === 'posterior'
      ? steps(process, 'ddim', sigmas, { eta: 1 })
      : steps(process, 'reverse-sde', sigmas);
  return { forward: forwardSteps(process, [...ode].reverse()), reverse, ode };
}

export const mixtureOf = (params: Params, files: Context['files']): Promise<Mixture> =>
  mixtureOr(params.data, params.mixture, files.mixture);

/** The step of a run that ends on a level, levels being counted from the data. */
export const stepAt = (kind: Kind, level: number, N: number): number =>
  kind === 'forward' ? level : N - level;

/** The forward run draws its own noise; both others begin at the same. */
export const seedOf = (kind: Kind, { seed }: Pick<Params, 'seed'>): number =>
  kind === 'forward' ? (seed ^ 0x5bd1e995) >>> 0 : seed;

/** Streams of the seed beside the stages of the runs, which count from 0. */
export const streams = {
  data: 2 ** 31,
  judged: 2 ** 31 + 1,
  likelihood: 2 ** 31 + 2,
  measured: 2 ** 31 + 3,
} as const;

/** What the three runs follow from, besides the session's own distribution. */
export const runKey = ({ process, schedule, steps: N, reverse, ode, particles, seed }: Params): string =>
  JSON.stringify([process, schedule, N, reverse, ode, particles, seed]);

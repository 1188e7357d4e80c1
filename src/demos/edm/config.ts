/** From parameters to the pieces of the method: process, levels, sampler, distribution. */
import type { Context } from '@/lab/session';
import { readSafetensors } from '@/lib/safetensors';
import { mixtureFrom, mixtures } from '@/methods/diffusion/data';
import { levelsOf, ownSchedule } from '@/methods/diffusion/levels';
import type { Mixture } from '@/methods/diffusion/mixture';
import { processes, type Process } from '@/methods/diffusion/process';
import { steps, type SamplerOptions, type Step } from '@/methods/diffusion/samplers';
import type { Params } from './params';

export const processOf = (params: Params): Process => processes[params.process]();

/** N falling noise levels, without the final 0. */
export function sigmasOf(params: Params, N = params.steps): number[] {
  const schedule = params.schedule === 'own' ? ownSchedule[params.process] : params.schedule;
  const bounds =
    params.bounds === 'custom' ? { sigmaMin: params['sigma-min'], sigmaMax: params['sigma-max'] } : undefined;
  return levelsOf(schedule, N, { rho: params.rho, shift: params.shift, bounds }, params.process);
}

const optionsOf = (params: Params): SamplerOptions => ({
  churn: params.churn,
  churnMin: params['churn-min'],
  // The slider's end means no bound.
  churnMax: params['churn-max'] >= 1000 ? Infinity : params['churn-max'],
  noise: params.noise,
  eta: params.eta,
  snr: params.snr,
  langevinSteps: params['langevin-steps'],
  langevinRate: params['langevin-rate'],
});

export const programOf = (params: Params, N = params.steps): Step[] =>
  steps(processOf(params), params.sampler, sigmasOf(params, N), optionsOf(params));

export function mixtureOf(params: Params, files: Context['files']): Mixture {
  // A link may name a file that is not here: until it is opened, the distribution beside it stands in.
  if (params.mixture === null || !files.mixture) return mixtures[params.data];
  return mixtureFrom(Object.fromEntries(readSafetensors(files.mixture, params.mixture.name)));
}

/** From parameters to the pieces of the method: process, levels, sampler, distribution. */
import type { Context } from '@/lab/session';
import { levelsOf, ownSchedule } from '@/methods/diffusion/levels';
import type { Mixture } from '@/methods/diffusion/mixture';
import { mixtureOr } from '@/methods/diffusion/own';
import { preconditionings } from '@/methods/diffusion/preconditioning';
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
  ...(params['network-error'] > 0 ? { error: errorOf(params) } : {}),
});

/** What an error of F becomes in D. */
function errorOf(params: Params): (sigma: number) => number {
  const { cOut } = preconditionings[params.preconditioning]();
  return (sigma) => params['network-error'] * Math.abs(cOut(sigma));
}

export const programOf = (params: Params, N = params.steps): Step[] =>
  steps(processOf(params), params.sampler, sigmasOf(params, N), optionsOf(params));

export const mixtureOf = (params: Params, files: Context['files']): Promise<Mixture> =>
  mixtureOr(params.data, params.mixture, files.mixture);

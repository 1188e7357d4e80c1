/** Names of processes and samplers, and which go together. */
export const processNames = ['vp', 've', 'sub-vp', 'edm', 'flow', 'ddpm'] as const;
export type ProcessName = (typeof processNames)[number];

export const samplerNames = [
  'euler',
  'heun',
  'edm-stochastic',
  'ddpm',
  'ddim',
  'dpmpp-2m',
  'reverse-sde',
  'pf-ode',
  'predictor-corrector',
  'annealed-langevin',
] as const;
export type SamplerName = (typeof samplerNames)[number];

const only: Partial<Record<SamplerName, readonly ProcessName[]>> = {
  // Algorithm 2 raises σ where s = 1.
  'edm-stochastic': ['edm', 've'],
  ddpm: ['vp', 'ddpm'],
  'annealed-langevin': ['ve', 'edm'],
};

/** The processes of a sampler, or nothing where it takes every one. */
export const processesOf = (sampler: SamplerName): readonly ProcessName[] | undefined => only[sampler];

/** Samplers without noise of their own: a trajectory follows from where it starts. */
export const deterministic: readonly SamplerName[] = ['euler', 'heun', 'ddim', 'dpmpp-2m', 'pf-ode'];

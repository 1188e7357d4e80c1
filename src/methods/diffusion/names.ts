/** Names of processes, samplers and distributions, and which go together: what a declaration needs, and light as that. */
import type { Text } from '@/lib/text';

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

/** The distributions that are there by name. */
export const mixtureLabels = {
  ring: { en: 'ring of eight', zh: '八个点的环' },
  rings: { en: 'two rings', zh: '两个圆环' },
  uneven: { en: 'uneven: heavy, light, thin', zh: '不均匀：重、轻、细' },
  pair: { en: 'a pair, 4 to 1', zh: '一对，4 比 1' },
  spiral: { en: 'two-armed spiral', zh: '双臂螺旋' },
  checkerboard: { en: 'checkerboard', zh: '棋盘' },
} as const satisfies Record<string, Text>;
export type MixtureName = keyof typeof mixtureLabels;

/** Of a mixture at most: each is evaluated for every particle. */
export const MOST_COMPONENTS = 256;

/** A file parameter that takes a distribution of the reader's own (`own.ts`); a small file travels in the link. */
export const ownFile = {
  label: { en: 'Your own distribution', zh: '自己的分布' },
  help: {
    en: 'A Gaussian mixture as safetensors (means [K, 2], covariances [K, 2, 2], weights [K]); points as CSV, a row each: x, y, and perhaps a weight; an image, whose ink is taken; a drawing. Points are centred and scaled.',
    zh: '高斯混合的 safetensors 文件（means [K, 2]、covariances [K, 2, 2]、weights [K]）；点集 CSV，每行为 x、y，可另加权重；图像（取其笔墨）；或一幅手绘。点集会被平移和缩放。',
  },
  accept: '.safetensors,.csv,.tsv,.txt,image/*',
  payload: true,
} as const satisfies { label: Text; help: Text; accept: string; payload: boolean };

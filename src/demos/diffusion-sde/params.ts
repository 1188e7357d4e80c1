/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, toggle, type Params as Values, type ParamsOf } from '@/lab/schema';
import { mixtureLabels, ownFile } from '@/methods/diffusion/names';
import type { Text } from '@/lib/text';

export const processLabels = {
  vp: { en: 'VP, variance preserving', zh: 'VP（保方差）' },
  've-geometric': { en: 'VE, σ geometric in t', zh: 'VE（σ 随 t 等比）' },
  ve: { en: 'VE, σ = √t', zh: 'VE（σ = √t）' },
  'sub-vp': { en: 'sub-VP', zh: 'sub-VP' },
  cosine: { en: 'VP, cosine', zh: 'VP（余弦）' },
  ddpm: { en: 'DDPM, clocked by σ', zh: 'DDPM（以 σ 计时）' },
  edm: { en: 'EDM, σ = t', zh: 'EDM（σ = t）' },
  flow: { en: 'flow matching', zh: '流匹配' },
} as const satisfies Record<string, Text>;
export type SdeName = keyof typeof processLabels;

const process = { en: 'Process', zh: '过程' };
const way = { en: 'Integration', zh: '积分' };
const laws = { en: 'Laws compared', zh: '比较的分布' };
const density = { en: 'Log-likelihood', zh: '对数似然' };
const source = { en: 'Data', zh: '数据' };
const drawn = { with: ({ mixture }: Values): Values => (mixture === null ? {} : { mixture: null }) } as const;

export const params = {
  process: choice({
    label: { en: 'Process', zh: '加噪过程' },
    help: {
      en: 'The forward SDE dx = f x dt + g dw, by the signal s(t) and noise σ(t) it leaves: x = s (x₀ + σ n).',
      zh: '前向 SDE dx = f x dt + g dw，由其信号 s(t) 与噪声 σ(t) 表示：x = s (x₀ + σ n)。',
    },
    group: process,
    options: processLabels,
    default: 'vp',
  }),
  schedule: choice({
    label: { en: 'Levels', zh: '噪声水平的安排' },
    help: {
      en: 'Where in time the steps stop. All three runs stop at the same levels.',
      zh: '各步停在哪些时刻。三种运行停在相同的水平上。',
    },
    group: process,
    options: {
      own: { en: 'as the process’s paper has them', zh: '该过程论文中的安排' },
      edm: { en: 'EDM: σ^{1/7} evenly', zh: 'EDM：σ^{1/7} 等距' },
      ve: { en: 'a constant factor in σ', zh: 'σ 等比' },
      vp: { en: 'VP: its t evenly', zh: 'VP：其 t 等距' },
      cosine: { en: 'cosine: its t evenly', zh: '余弦：其 t 等距' },
      flow: { en: 'flow matching: its t evenly', zh: '流匹配：其 t 等距' },
    },
    default: 'own',
  }),
  steps: range({
    label: { en: 'Steps N', zh: '步数 N' },
    help: {
      en: 'Of the reverse SDE and of the ODE. The forward SDE takes its exact transition from level to level.',
      zh: '逆向 SDE 与 ODE 的步数。前向 SDE 在各水平之间采用精确的转移分布。',
    },
    group: way,
    ...{ min: 2, max: 1000, default: 250, integer: true, scale: 'log' as const },
  }),
  reverse: choice({
    label: { en: 'A step of the reverse SDE', zh: '逆向 SDE 的一步' },
    group: way,
    options: {
      'euler-maruyama': { en: 'Euler–Maruyama', zh: 'Euler–Maruyama' },
      posterior: { en: 'posterior given D (ancestral)', zh: '给定 D 的后验（祖先采样）' },
    },
    default: 'euler-maruyama',
  }),
  ode: choice({
    label: { en: 'A step of the ODE', zh: 'ODE 的一步' },
    group: way,
    options: {
      'pf-ode': { en: 'Runge–Kutta 4', zh: '四阶 Runge–Kutta' },
      heun: { en: 'Heun', zh: 'Heun' },
      euler: { en: 'Euler', zh: 'Euler' },
    },
    default: 'pf-ode',
  }),
  reference: range({
    label: { en: 'Time u of the two', zh: '两个时刻中的 u' },
    help: {
      en: 'corr(x_u, x_t) is shown over t. 0 is the data, 1 the noise; between them, a share of the steps.',
      zh: '展示 corr(x_u, x_t) 随 t 的变化。0 是数据，1 是噪声；其间按步数的比例。',
    },
    group: laws,
    ...{ min: 0, max: 1, default: 0, step: 0.05 },
  }),
  'likelihood-steps': range({
    label: { en: 'Steps of the likelihood', zh: '似然的积分步数' },
    help: {
      en: 'Runge–Kutta steps from each pixel to the prior, evenly in ln σ.',
      zh: '从每个像素到先验的 Runge–Kutta 步数，按 ln σ 等距。',
    },
    group: density,
    ...{ min: 8, max: 512, default: 128, integer: true, scale: 'log' as const },
  }),
  hutchinson: toggle({
    label: { en: 'Hutchinson’s estimate', zh: 'Hutchinson 估计' },
    help: {
      en: 'The divergence by one random probe for each path, vᵀ J v with v = (±1, ±1), as it is done where J is too large.',
      zh: '每条路径用一个随机向量 v = (±1, ±1) 以 vᵀ J v 估计散度；J 太大时只能如此。',
    },
    group: density,
    default: false,
  }),
  tolerance: range({
    label: { en: 'Tolerance of RK45', zh: 'RK45 的容差' },
    help: {
      en: 'Relative and absolute, of the adaptive Dormand–Prince method. Song et al. take 1e-5.',
      zh: '自适应 Dormand–Prince 方法的相对与绝对容差。Song 等人取 1e-5。',
    },
    group: density,
    ...{ min: 1e-6, max: 0.1, default: 1e-5, scale: 'log' as const },
  }),
  data: choice({
    label: { en: 'Distribution', zh: '分布' },
    group: source,
    options: mixtureLabels,
    default: 'uneven',
    ...drawn,
  }),
  mixture: file({ ...ownFile, group: source }),
  particles: range({
    label: { en: 'Particles', zh: '粒子数' },
    group: source,
    ...{ min: 16, max: 2 ** 20, default: 8192, integer: true, scale: 'log' as const },
  }),
  seed: seed({ group: source }),
};

export type Params = ParamsOf<typeof params>;

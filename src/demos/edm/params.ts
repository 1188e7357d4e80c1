/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, type Params as Values, type ParamsOf } from '@/lab/schema';
import type { Text } from '@/lib/text';
import { mixtureLabels, ownFile } from '@/methods/diffusion/names';

const process = { en: 'Process and levels', zh: '过程与噪声水平' };
const sampler = { en: 'Sampler', zh: '采样器' };
const network = { en: 'Network', zh: '网络' };
const source = { en: 'Data', zh: '数据' };
/** Of these samplers alone. */
const only = (...samplers: readonly string[]) => ({
  applies: ({ sampler: chosen }: Values): boolean => samplers.some((sampler) => sampler === chosen),
});
/** Where the schedule in force is this one: by choice or as the process's own. */
const scheduled = (schedule: string, ...processes: readonly string[]) => ({
  applies: ({ schedule: chosen, process: name }: Values): boolean =>
    chosen === schedule || (chosen === 'own' && processes.some((process) => process === name)),
});
const own = {
  with: (): Values => ({ bounds: 'custom' }),
  applies: ({ bounds }: Values): boolean => bounds === 'custom',
} as const;
const drawn = { with: ({ mixture }: Values): Values => (mixture === null ? {} : { mixture: null }) } as const;

const digitOptions = Object.fromEntries(
  Array.from('0123456789', (digit) => [digit, { en: digit, zh: digit }]),
) as Record<`${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`, Text>;

export const params = {
  process: choice({
    label: { en: 'Process', zh: '加噪过程' },
    help: {
      en: 'Which signal s(t) and noise σ(t) a point has at time t: x = s (x₀ + σ n).',
      zh: '时刻 t 的信号 s(t) 与噪声 σ(t)：x = s (x₀ + σ n)。',
    },
    group: process,
    options: {
      edm: { en: 'EDM', zh: 'EDM' },
      vp: { en: 'VP, variance preserving', zh: 'VP（保方差）' },
      ve: { en: 'VE, variance exploding', zh: 'VE（方差爆炸）' },
      'sub-vp': { en: 'sub-VP', zh: 'sub-VP' },
      flow: { en: 'flow matching', zh: '流匹配' },
      ddpm: { en: 'DDPM, 1000 levels', zh: 'DDPM（1000 个水平）' },
    },
    default: 'edm',
  }),
  schedule: choice({
    label: { en: 'Levels', zh: '噪声水平的安排' },
    help: {
      en: 'How the noise levels are spread over the steps. A level stands for the same σ in every process.',
      zh: '各步的噪声水平如何分布。同一水平在任何过程中都指同一个 σ。',
    },
    group: process,
    options: {
      own: { en: 'as the process’s paper has them', zh: '该过程论文中的安排' },
      edm: { en: 'EDM: σ^{1/ρ} evenly', zh: 'EDM：σ^{1/ρ} 等距' },
      vp: { en: 'VP: t evenly', zh: 'VP：t 等距' },
      ve: { en: 'VE: a constant factor', zh: 'VE：等比' },
      iddpm: { en: 'iDDPM’s cosine levels', zh: 'iDDPM 的余弦水平' },
      ddpm: { en: 'DDPM’s, respaced', zh: 'DDPM 的水平，重新取样' },
      flow: { en: 'flow matching: t evenly', zh: '流匹配：t 等距' },
      cosine: { en: 'cosine', zh: '余弦' },
    },
    default: 'own',
  }),
  rho: range({
    label: { en: 'ρ', zh: 'ρ' },
    help: {
      en: 'Of EDM’s levels: larger means more of them at small σ.',
      zh: '用于 EDM 的安排：越大，小 σ 处的水平越密。',
    },
    group: process,
    ...{ min: 1, max: 20, default: 7, step: 0.5 },
    ...scheduled('edm', 'edm'),
  }),
  shift: range({
    label: { en: 'Shift', zh: '偏移' },
    help: {
      en: 'Of flow matching’s levels: above 1, more of them near the noise.',
      zh: '用于流匹配的安排：大于 1 时，靠近噪声一端的水平更密。',
    },
    group: process,
    ...{ min: 0.2, max: 10, default: 1, step: 0.1 },
    ...scheduled('flow', 'flow'),
  }),
  bounds: choice({
    label: { en: 'First and last level', zh: '首末水平' },
    group: process,
    options: {
      paper: { en: 'as in the schedule’s paper', zh: '按论文' },
      custom: { en: 'σ_max and σ_min below', zh: '按下面的 σ_max 与 σ_min' },
    },
    default: 'paper',
  }),
  'sigma-max': range({
    label: { en: 'σ_max', zh: 'σ_max' },
    group: process,
    ...{ min: 0.1, max: 1000, default: 80, scale: 'log' as const },
    ...own,
  }),
  'sigma-min': range({
    label: { en: 'σ_min', zh: 'σ_min' },
    group: process,
    ...{ min: 0.0001, max: 10, default: 0.002, scale: 'log' as const },
    ...own,
  }),
  preconditioning: choice({
    label: { en: 'Preconditioning', zh: '预条件' },
    help: {
      en: 'How a network F gives the denoiser: D = c_skip x + c_out F(c_in x; c_noise). The exact denoiser needs no network, so this matters once F errs.',
      zh: '网络 F 如何给出去噪器：D = c_skip x + c_out F(c_in x; c_noise)。精确的去噪器不需要网络，因此只有当 F 有误差时它才起作用。',
    },
    group: network,
    options: {
      edm: { en: 'EDM', zh: 'EDM' },
      vp: { en: 'VP: F is −ε', zh: 'VP：F 即 −ε' },
      ve: { en: 'VE: F is σ · score', zh: 'VE：F 即 σ·得分' },
      iddpm: { en: 'iDDPM: F is −ε, at its levels', zh: 'iDDPM：F 即 −ε，取其水平' },
      flow: { en: 'flow matching: F is the velocity', zh: '流匹配：F 即速度' },
    },
    default: 'edm',
  }),
  'network-error': range({
    label: { en: 'Error of F', zh: 'F 的误差' },
    help: {
      en: 'Standard deviation of noise that is added to F at every evaluation, in place of what a network gets wrong; c_out carries it into D.',
      zh: '每次求值时加在 F 上的噪声的标准差，代替网络的预测误差；它经 c_out 进入 D。',
    },
    group: network,
    ...{ min: 0, max: 0.5, default: 0, step: 0.01 },
  }),
  sampler: choice({
    label: { en: 'Sampler', zh: '采样器' },
    group: sampler,
    options: {
      euler: { en: 'Euler', zh: 'Euler' },
      heun: { en: 'Heun (EDM, algorithm 1)', zh: 'Heun（EDM 算法 1）' },
      'edm-stochastic': { en: 'stochastic (EDM, algorithm 2)', zh: '随机（EDM 算法 2）' },
      ddpm: { en: 'DDPM, ancestral', zh: 'DDPM（祖先采样）' },
      ddim: { en: 'DDIM', zh: 'DDIM' },
      'dpmpp-2m': { en: 'DPM-Solver++(2M)', zh: 'DPM-Solver++(2M)' },
      'reverse-sde': { en: 'reverse SDE, Euler–Maruyama', zh: '逆向 SDE（Euler–Maruyama）' },
      'pf-ode': { en: 'probability-flow ODE, Runge–Kutta 4', zh: '概率流 ODE（四阶 Runge–Kutta）' },
      'predictor-corrector': { en: 'predictor–corrector', zh: '预测–校正' },
      'annealed-langevin': { en: 'annealed Langevin', zh: '退火 Langevin' },
    },
    default: 'heun',
  }),
  steps: range({
    label: { en: 'Steps N', zh: '步数 N' },
    help: { en: 'Of annealed Langevin: noise levels.', zh: '对退火 Langevin 而言是噪声水平的个数。' },
    group: sampler,
    ...{ min: 1, max: 1000, default: 18, integer: true, scale: 'log' as const },
  }),
  churn: range({
    label: { en: 'S_churn', zh: 'S_churn' },
    help: {
      en: 'Noise that the stochastic sampler adds and removes again, over all steps.',
      zh: '随机采样器在全部步骤中加入并再次去除的噪声总量。',
    },
    group: sampler,
    ...{ min: 0, max: 500, default: 0, step: 1 },
    ...only('edm-stochastic'),
  }),
  'churn-min': range({
    label: { en: 'S_min', zh: 'S_min' },
    group: sampler,
    ...{ min: 0, max: 10, default: 0, step: 0.01 },
    ...only('edm-stochastic'),
  }),
  'churn-max': range({
    label: { en: 'S_max', zh: 'S_max' },
    group: sampler,
    ...{ min: 0.01, max: 1000, default: 1000, scale: 'log' as const },
    ...only('edm-stochastic'),
  }),
  noise: range({
    label: { en: 'S_noise', zh: 'S_noise' },
    group: sampler,
    ...{ min: 0.9, max: 1.1, default: 1, step: 0.001 },
    ...only('edm-stochastic'),
  }),
  eta: range({
    label: { en: 'η of DDIM', zh: 'DDIM 的 η' },
    help: { en: '0 adds no noise; 1 is ancestral.', zh: '0 不加噪声；1 即祖先采样。' },
    group: sampler,
    ...{ min: 0, max: 1, default: 0, step: 0.05 },
    ...only('ddim'),
  }),
  snr: range({
    label: { en: 'Signal-to-noise of the corrector', zh: '校正步的信噪比' },
    group: sampler,
    ...{ min: 0.01, max: 0.5, default: 0.16, step: 0.01 },
    ...only('predictor-corrector'),
  }),
  'langevin-steps': range({
    label: { en: 'Langevin steps per level', zh: '每个水平的 Langevin 步数' },
    group: sampler,
    ...{ min: 1, max: 500, default: 100, integer: true, scale: 'log' as const },
    ...only('annealed-langevin'),
  }),
  'langevin-rate': range({
    label: { en: 'Langevin step α/σ²', zh: 'Langevin 步长 α/σ²' },
    help: { en: 'NCSN: ε/σ_L² = 2e-5/0.01² = 0.2.', zh: 'NCSN：ε/σ_L² = 2e-5/0.01² = 0.2。' },
    group: sampler,
    ...{ min: 0.001, max: 0.5, default: 0.2, scale: 'log' as const },
    ...only('annealed-langevin'),
  }),
  data: choice({
    label: { en: 'Distribution', zh: '分布' },
    group: source,
    options: mixtureLabels,
    default: 'spiral',
    ...drawn,
  }),
  mixture: file({ ...ownFile, group: source }),
  particles: range({
    label: { en: 'Particles', zh: '粒子数' },
    group: source,
    ...{ min: 1, max: 2 ** 22, default: 8192, integer: true, scale: 'log' as const },
  }),
  digit: choice({
    label: { en: 'Digit', zh: '数字' },
    help: { en: 'Which digit is drawn under “Digits”.', zh: '“数字图像”一栏中生成哪个数字。' },
    group: source,
    options: { any: { en: 'any', zh: '任意' }, ...digitOptions },
    default: 'any',
  }),
  seed: seed({ group: source }),
};

export type Params = ParamsOf<typeof params>;

/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, toggle, type Params as Values, type ParamsOf } from '@/lab/schema';
import { mixtureLabels, ownFile } from '@/methods/diffusion/names';

const source = { en: 'Data', zh: '数据' };
const training = { en: 'Score network', zh: '得分网络' };
const ladder = { en: 'Noise ladder', zh: '噪声阶梯' };
const langevin = { en: 'Langevin dynamics', zh: 'Langevin 动力学' };
const drawn = { with: ({ mixture }: Values): Values => (mixture === null ? {} : { mixture: null }) } as const;

export const params = {
  objective: choice({
    label: { en: 'Objective', zh: '训练目标' },
    help: {
      en: 'What the network minimises. All four see the same noisy points; only the last two need ∇s.',
      zh: '网络最小化的目标。四种目标使用相同的加噪样本；只有切片与精确得分匹配需要 ∇s。',
    },
    group: training,
    options: {
      denoising: { en: 'denoising score matching', zh: '去噪得分匹配' },
      sliced: { en: 'sliced score matching', zh: '切片得分匹配' },
      exact: { en: 'exact score matching', zh: '精确得分匹配' },
      flow: { en: 'flow matching', zh: '流匹配' },
    },
    default: 'denoising',
  }),
  steps: range({
    label: { en: 'Training steps', zh: '训练步数' },
    group: training,
    ...{ min: 0, max: 50_000, default: 2000, integer: true },
  }),
  batch: range({
    label: { en: 'Batch', zh: '批大小' },
    group: training,
    ...{ min: 16, max: 8192, default: 512, integer: true, scale: 'log' as const },
  }),
  rate: range({
    label: { en: 'Learning rate', zh: '学习率' },
    group: training,
    ...{ min: 1e-5, max: 1, default: 2e-3, scale: 'log' as const },
  }),
  width: range({
    label: { en: 'Neurons per layer', zh: '每层神经元数' },
    group: training,
    ...{ min: 8, max: 256, default: 64, integer: true, scale: 'log' as const },
  }),
  'field-level': range({
    label: { en: 'Field shown, levels above σ_L', zh: '所看的场：σ_L 之上几级' },
    help: {
      en: 'On which level the learned field is held against the exact one: 0 is σ_L; past the ladder it is σ₁.',
      zh: '在哪一级上比较学到的场与精确的场：0 即 σ_L；超出阶梯时为 σ₁。',
    },
    group: training,
    ...{ min: 0, max: 31, default: 3, integer: true },
  }),
  levels: range({
    label: { en: 'Levels L', zh: '级数 L' },
    help: {
      en: 'Noise levels σ₁ > … > σ_L, by a constant factor. NCSN: 10 from 1 to 0.01.',
      zh: '噪声水平 σ₁ > … > σ_L，等比递减。NCSN：从 1 到 0.01 共 10 级。',
    },
    group: ladder,
    ...{ min: 1, max: 256, default: 10, integer: true, scale: 'log' as const },
  }),
  'sigma-max': range({
    label: { en: 'First level σ₁', zh: '首级 σ₁' },
    group: ladder,
    ...{ min: 0.01, max: 50, default: 1, scale: 'log' as const },
  }),
  'sigma-min': range({
    label: { en: 'Last level σ_L', zh: '末级 σ_L' },
    group: ladder,
    ...{ min: 0.001, max: 10, default: 0.01, scale: 'log' as const },
  }),
  'steps-per-level': range({
    label: { en: 'Steps per level T', zh: '每级步数 T' },
    group: ladder,
    ...{ min: 1, max: 1000, default: 100, integer: true, scale: 'log' as const },
  }),
  epsilon: range({
    label: { en: 'ε', zh: 'ε' },
    help: {
      en: 'The step on level i is α_i = ε σ_i²/σ_L². NCSN: 2·10⁻⁵, so from 0.2 down to 2·10⁻⁵.',
      zh: '第 i 级的步长为 α_i = ε σ_i²/σ_L²。NCSN 取 2·10⁻⁵，即从 0.2 降到 2·10⁻⁵。',
    },
    group: ladder,
    ...{ min: 1e-6, max: 0.1, default: 2e-5, scale: 'log' as const },
  }),
  denoise: toggle({
    label: { en: 'Denoise at the end', zh: '末尾去噪' },
    help: {
      en: 'A last step x += σ_L² s without noise, as NCSNv2.',
      zh: '最后一步 x += σ_L² s，不加噪声（同 NCSNv2）。',
    },
    group: ladder,
    default: false,
  }),
  'plain-step': range({
    label: { en: 'Step α of plain Langevin', zh: '普通 Langevin 的步长 α' },
    help: {
      en: 'Plain Langevin makes as many steps as the whole ladder, all of this size, on the score at σ_L.',
      zh: '普通 Langevin 的步数与整个阶梯相同，每步大小都是它，使用 σ_L 处的得分。',
    },
    group: langevin,
    ...{ min: 1e-6, max: 0.1, default: 2e-4, scale: 'log' as const },
  }),
  score: choice({
    label: { en: 'Chains follow', zh: '链所用的得分' },
    group: langevin,
    options: {
      exact: { en: 'the exact score', zh: '精确的得分' },
      learned: { en: 'the learned score', zh: '学到的得分' },
    },
    default: 'exact',
  }),
  particles: range({
    label: { en: 'Particles', zh: '粒子数' },
    group: langevin,
    ...{ min: 16, max: 2 ** 20, default: 4096, integer: true, scale: 'log' as const },
  }),
  data: choice({
    label: { en: 'Density', zh: '密度' },
    group: source,
    options: mixtureLabels,
    default: 'uneven',
    ...drawn,
  }),
  mixture: file({ ...ownFile, group: source }),
  seed: seed({ group: source }),
};

export type Params = ParamsOf<typeof params>;

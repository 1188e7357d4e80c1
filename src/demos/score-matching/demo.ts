/** Score matching: learning ∇ log p, and sampling by annealed Langevin dynamics (Song & Ermon 2019). */
import { defineDemo } from '@/lab/demo';
import { CHAINS, charts, TRAINING } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'score-matching',
  version: 1,
  title: { en: 'Score matching and Langevin dynamics', zh: '得分匹配与 Langevin 动力学' },
  summary: {
    en: 'Learn the gradient of a log density from samples, see where it is wrong, and follow it: plain Langevin dynamics gets the weights of modes wrong, a ladder of noise repairs them.',
    zh: '从样本学习对数密度的梯度，看它错在哪里，再沿着它采样：普通 Langevin 动力学会弄错各模态的权重，而噪声阶梯能把它纠正过来。',
  },
  papers: [
    {
      title: 'Generative Modeling by Estimating Gradients of the Data Distribution',
      authors: 'Song, Ermon',
      year: 2019,
      url: 'https://arxiv.org/abs/1907.05600',
    },
    {
      title: 'Improved Techniques for Training Score-Based Generative Models',
      authors: 'Song, Ermon',
      year: 2020,
      url: 'https://arxiv.org/abs/2006.09011',
    },
    {
      title: 'Sliced Score Matching: A Scalable Approach to Density and Score Estimation',
      authors: 'Song, Garg, Shi, Ermon',
      year: 2019,
      url: 'https://arxiv.org/abs/1905.07088',
    },
    {
      title: 'A Connection Between Score Matching and Denoising Autoencoders',
      authors: 'Vincent',
      year: 2011,
      url: 'https://doi.org/10.1162/NECO_a_00142',
    },
    {
      title: 'Estimation of Non-Normalized Statistical Models by Score Matching',
      authors: 'Hyvärinen',
      year: 2005,
      url: 'https://jmlr.org/papers/v6/hyvarinen05a.html',
    },
  ],
  params,
  size: () => 'particles',
  process: { steps: 'steps' },
  rules,
  metrics: {
    loss: { label: { en: 'Loss, last 50 steps', zh: '最近 50 步的损失' } },
    fieldErrorDense: { label: { en: 'Error of the field, dense data', zh: '场的误差：数据稠密处' } },
    fieldErrorMid: { label: { en: 'Error of the field, in between', zh: '场的误差：中间地带' } },
    fieldErrorScarce: { label: { en: 'Error of the field, scarce data', zh: '场的误差：数据稀少处' } },
    fieldAngleDense: { label: { en: 'Mean angle, dense data', zh: '平均夹角：数据稠密处' }, unit: '°' },
    fieldAngleMid: { label: { en: 'Mean angle, in between', zh: '平均夹角：中间地带' }, unit: '°' },
    fieldAngleScarce: { label: { en: 'Mean angle, scarce data', zh: '平均夹角：数据稀少处' }, unit: '°' },
    stoppedAt: { label: { en: 'Training stopped at step', zh: '训练停止于第几步' } },
    plainLost: { label: { en: 'Chains beyond all numbers, plain', zh: '已发散的链：普通' } },
    annealedLost: { label: { en: 'Chains beyond all numbers, annealed', zh: '已发散的链：退火' } },
    modes: { label: { en: 'Modes', zh: '模态数' } },
    trueHeaviest: { label: { en: 'Heaviest mode, true weight', zh: '最重模态的真实权重' } },
    plainHeaviest: { label: { en: 'Heaviest mode, plain Langevin', zh: '最重模态：普通 Langevin' } },
    annealedHeaviest: { label: { en: 'Heaviest mode, annealed Langevin', zh: '最重模态：退火 Langevin' } },
    plainMisplaced: { label: { en: 'Mass in wrong modes, plain', zh: '放错模态的质量：普通' } },
    annealedMisplaced: { label: { en: 'Mass in wrong modes, annealed', zh: '放错模态的质量：退火' } },
  },
  charts,
  presets,
  smoke: {
    params: { particles: 512, steps: 8, batch: 32, width: 16 },
    metrics: { modes: [3, 3], annealedMisplaced: [0, 0.1], plainMisplaced: [0.12, 0.4] },
    measurements: [CHAINS, TRAINING],
  },
});

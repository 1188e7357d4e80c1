/** The design space of diffusion models: process, levels and sampler, each by itself (Karras et al. 2022). */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'edm',
  version: 1,
  title: { en: 'The design space of diffusion', zh: '扩散模型的设计空间' },
  summary: {
    en: 'Score matching, DDPM, DDIM and flow matching are one framework: swap the process, the noise levels and the sampler, and see what each costs and how near the data it ends.',
    zh: '得分匹配、DDPM、DDIM 与流匹配同属一个框架：更换过程、噪声水平与采样器，看各自的代价，以及终点离数据有多近。',
  },
  papers: [
    {
      title: 'Elucidating the Design Space of Diffusion-Based Generative Models',
      authors: 'Karras, Aittala, Aila, Laine',
      year: 2022,
      url: 'https://arxiv.org/abs/2206.00364',
    },
    {
      title: 'Score-Based Generative Modeling through Stochastic Differential Equations',
      authors: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole',
      year: 2021,
      url: 'https://arxiv.org/abs/2011.13456',
    },
    {
      title: 'Denoising Diffusion Implicit Models',
      authors: 'Song, Meng, Ermon',
      year: 2021,
      url: 'https://arxiv.org/abs/2010.02502',
    },
    {
      title: 'Flow Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow',
      authors: 'Liu, Gong, Liu',
      year: 2022,
      url: 'https://arxiv.org/abs/2209.03003',
    },
    {
      title: 'DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models',
      authors: 'Lu, Zhou, Bao, Chen, Li, Zhu',
      year: 2022,
      url: 'https://arxiv.org/abs/2211.01095',
    },
  ],
  params,
  size: () => 'particles',
  rules,
  metrics: {
    nfe: { label: { en: 'Evaluations of the denoiser (NFE)', zh: '去噪器求值次数（NFE）' } },
    sigmaMin: { label: { en: 'Last σ above 0', zh: '最后一个非零 σ' } },
    distance: { label: { en: 'Distance to exact samples', zh: '到精确样本的距离' } },
    exactDistance: { label: { en: 'The same between two exact samples', zh: '两组精确样本之间的距离' } },
    order: { label: { en: 'Order of convergence, fitted', zh: '拟合的收敛阶' } },
  },
  charts,
  presets,
  smoke: {
    params: { particles: 256, steps: 12 },
    // Heun evaluates twice but for the last step.
    metrics: { nfe: [23, 23], sigmaMin: [0.00199, 0.00201] },
    measurements: [NAME],
  },
});

/** Training in FP16, and what repairs it: master weights and loss scaling (Micikevicius et al. 2018). */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';

export const demo = defineDemo<typeof params>({
  slug: 'mixed-precision',
  version: 1,
  title: { en: 'Mixed-precision training', zh: '混合精度训练' },
  summary: {
    en: 'The same network trained in FP32, FP16 and BF16 side by side: where half precision loses gradients and updates, and how master weights and loss scaling bring them back.',
    zh: '同一个网络以 FP32、FP16、BF16 并排训练：半精度在哪里丢失梯度和更新，主权重与损失缩放又如何把它们找回来。',
  },
  papers: [
    {
      title: 'Mixed Precision Training',
      authors:
        'Micikevicius, Narang, Alben, Diamos, Elsen, Garcia, Ginsburg, Houston, Kuchaiev, Venkatesh, Wu',
      year: 2018,
      url: 'https://arxiv.org/abs/1710.03740',
    },
    {
      title: 'A Study of BFLOAT16 for Deep Learning Training',
      authors: 'Kalamkar et al.',
      year: 2019,
      url: 'https://arxiv.org/abs/1905.12322',
    },
    {
      title: 'Decoupled Weight Decay Regularization',
      authors: 'Loshchilov, Hutter',
      year: 2019,
      url: 'https://arxiv.org/abs/1711.05101',
    },
  ],
  params,
  size: () => 'batch',
  process: { steps: 'steps' },
  metrics: {
    finalLoss: { label: { en: 'Loss, last 20 steps', zh: '最近 20 步的损失' } },
    accuracy: { label: { en: 'Held-out accuracy', zh: '测试准确率' } },
    lossScale: { label: { en: 'Loss scale', zh: '损失缩放' } },
    skippedSteps: { label: { en: 'Skipped steps', zh: '跳过的步数' } },
    underflowShare: { label: { en: 'Gradients below 2⁻²⁴', zh: '小于 2⁻²⁴ 的梯度占比' } },
    zeroedShare: { label: { en: 'Gradients stored as 0', zh: '存成 0 的梯度占比' } },
    lostUpdateShare: { label: { en: 'Lost updates', zh: '丢失的更新占比' } },
    overflowCount: { label: { en: 'Overflowed gradients', zh: '溢出的梯度数' } },
    stoppedAt: { label: { en: 'Stopped at step', zh: '停止于第几步' } },
  },
  charts,
  presets,
  smoke: {
    params: { steps: 3, batch: 8, beside: 'none' },
    // Nothing was trained yet: ten digits by chance.
    metrics: { accuracy: [0, 0.25], skippedSteps: [0, 0], overflowCount: [0, 0] },
    measurements: [NAME],
  },
});

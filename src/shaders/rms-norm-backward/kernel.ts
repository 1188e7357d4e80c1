/** The gradients of RMS norm: dx, and dγ summed over all rows. */
import { normBackwardKernel } from '@/shaders/layer-norm-backward/norm';

export const kernel = normBackwardKernel(
  { name: 'rms-norm-backward', title: { en: 'Gradients of RMS norm', zh: '均方根归一化的梯度' } },
  { centre: false },
);

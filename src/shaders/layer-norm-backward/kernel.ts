/** The gradients of layer norm: dx, and dγ, dβ summed over all rows. */
import { normBackwardKernel } from './norm';

export const kernel = normBackwardKernel(
  { name: 'layer-norm-backward', title: { en: 'Gradients of layer norm', zh: '层归一化的梯度' } },
  { centre: true },
);

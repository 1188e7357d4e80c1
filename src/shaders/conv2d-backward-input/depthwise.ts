/** Each channel by itself, four at a time: the forward pass turned round. */
import type { Variant } from '@/gpu/kernel';
import { depthwiseTitle, notDepthwise, planDepthwise } from '@/shaders/conv2d/depthwise';
import { dims, type BackwardInputAttrs } from './dims';

export const depthwise: Variant<BackwardInputAttrs> = {
  title: depthwiseTitle,
  unsupported: ({ inputs, attrs }) => notDepthwise(dims(inputs, attrs)),
  plan({ inputs, attrs }, caps) {
    const epilogue = { hasBias: false, hasResidual: false, activation: 0 };
    const own = { dims: dims(inputs, attrs), transposed: true, ...epilogue };
    return planDepthwise({ ...own, source: 'dy', result: 'dx' }, caps);
  },
};

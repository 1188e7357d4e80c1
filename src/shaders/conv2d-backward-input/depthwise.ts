/** Each channel by itself, four at a time: the forward pass turned round. */
import type { Variant } from '@/gpu/kernel';
import { depthwiseTitle, notDepthwise, planDepthwise } from '@/shaders/conv2d/depthwise';
import { notStrip, planStrip, stripTitle } from '@/shaders/conv2d/strip';
import { dims, type BackwardInputAttrs } from './dims';

const epilogue = { hasBias: false, hasResidual: false, activation: 0 };
const own = { transposed: true, source: 'dy', result: 'dx', ...epilogue };

export const depthwise: Variant<BackwardInputAttrs> = {
  title: depthwiseTitle,
  unsupported: ({ inputs, attrs }) => notDepthwise(dims(inputs, attrs)),
  plan: ({ inputs, attrs }, caps) => planDepthwise({ dims: dims(inputs, attrs), ...own }, caps),
};

export const strip: Variant<BackwardInputAttrs> = {
  title: stripTitle,
  unsupported: ({ inputs, attrs }) => notStrip(dims(inputs, attrs), true),
  plan: ({ inputs, attrs }, caps) => planStrip({ dims: dims(inputs, attrs), ...own }, caps),
};

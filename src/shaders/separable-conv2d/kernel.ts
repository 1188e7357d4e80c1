/** A depthwise separable convolution: every channel under its own window, then a product over channels (Howard et al. 2017). */
import { defineKernel } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { residualInput } from '@/shaders/lib/residual';
import { dims, separableAttrs, type SeparableAttrs } from './dims';
import { register, shared } from './fused';
import { separate } from './separate';

const floats = ['f32', 'f16'] as const;

export const kernel = defineKernel<SeparableAttrs>({
  name: 'separable-conv2d',
  title: { en: 'Separable convolution of images', zh: '深度可分离卷积' },
  inputs: {
    x: { dtypes: floats, shape: '[N, H, W, C]' },
    depthwise: { dtypes: floats, shape: '[C, 1, kh, kw]' },
    depthwiseBias: { dtypes: floats, shape: '[C]', optional: true },
    pointwise: { dtypes: floats, shape: '[Cout, C]' },
    bias: { dtypes: floats, shape: '[Cout]', optional: true },
    residual: residualInput("[N, H', W', Cout]"),
  },
  outputs: { y: { shape: "[N, H', W', Cout]" } },
  attrs: separableAttrs,
  infer: (inputs, attrs) => ({ y: { dtype: inputs.x!.dtype, shape: dims(inputs, attrs).shape } }),
  rows: ({ outputs }) => sizeOf(outputs.y!.shape.slice(0, 3)),
  work({ inputs, outputs, attrs }) {
    const { depthwise, pixels, Cout } = dims(inputs, attrs);
    const { C, down, across } = depthwise;
    const tensors = [...Object.values(inputs), ...Object.values(outputs)];
    return {
      flops: 2 * pixels * C * (down.taps * across.taps + Cout),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: { separate, register, shared },
  // The product's own tiles multiply faster than what computes its operand anew for every sixteen channels of y.
  defaultVariant: () => 'separate',
});

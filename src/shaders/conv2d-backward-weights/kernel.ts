/** The gradients of a convolution with respect to its weights and its bias: sums over all pixels of dy, in fixed order. */
import { defineKernel } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { isDepthwise } from '@/shaders/conv2d/depthwise';
import { flopsOf } from '@/shaders/conv2d/dims';
import { depthwise } from './depthwise';
import { backwardWeightsAttrs, dims, weightShape, type BackwardWeightsAttrs } from './dims';
import { naive } from './naive';
import { quad, register } from './register';

export const kernel = defineKernel<BackwardWeightsAttrs>({
  name: 'conv2d-backward-weights',
  title: { en: 'Gradients of a convolution: weights and bias', zh: '卷积对权重与偏置的梯度' },
  inputs: {
    x: { dtypes: ['f32', 'f16'], shape: '[N, H, W, C]' },
    dy: { dtypes: ['f32', 'f16'], shape: "[N, H', W', Cout]" },
  },
  outputs: { dw: { shape: '[Cout, C/groups, kh, kw]' }, db: { shape: '[Cout]' } },
  attrs: backwardWeightsAttrs,
  infer(inputs, attrs) {
    const d = dims(inputs, attrs);
    return { dw: { dtype: d.dtype, shape: weightShape(d) }, db: { dtype: d.dtype, shape: [d.Cout] } };
  },
  rows: ({ outputs }) => outputs.db!.shape[0]!,
  work({ inputs, outputs, attrs }) {
    const tensors = [...Object.values(inputs), ...Object.values(outputs)];
    return {
      flops: flopsOf(dims(inputs, attrs)),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: { naive, register, quad, depthwise },
  defaultVariant({ inputs, attrs }, caps) {
    const d = dims(inputs, attrs);
    if (isDepthwise(d)) return 'depthwise';
    // Where a group has few channels, a tile of four by sixteen would stay nearly empty.
    if (d.cIn * d.cOut < 8) return 'naive';
    return caps.subgroups ? 'quad' : 'register';
  },
});

/** The gradient of a convolution with respect to its images: a convolution of dy with the weights turned round. */
import { defineKernel } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { isDepthwise } from '@/shaders/conv2d/depthwise';
import { flopsOf } from '@/shaders/conv2d/dims';
import { prefersStrip } from '@/shaders/conv2d/strip';
import { depthwise, strip } from './depthwise';
import { backwardInputAttrs, dims, inputShape, type BackwardInputAttrs } from './dims';
import { naive } from './naive';
import { quad, register, tiled } from './register';

export const kernel = defineKernel<BackwardInputAttrs>({
  name: 'conv2d-backward-input',
  title: { en: 'Gradient of a convolution: images', zh: '卷积对图像的梯度' },
  inputs: {
    dy: { dtypes: ['f32', 'f16'], shape: "[N, H', W', Cout]" },
    w: { dtypes: ['f32', 'f16'], shape: '[Cout, C/groups, kh, kw]' },
  },
  outputs: { dx: { shape: '[N, H, W, C]' } },
  attrs: backwardInputAttrs,
  infer: (inputs, attrs) => ({ dx: { dtype: inputs.dy!.dtype, shape: inputShape(dims(inputs, attrs)) } }),
  rows: ({ outputs }) => outputs.dx!.shape.slice(0, 3).reduce((a, b) => a * b, 1),
  work({ inputs, outputs, attrs }) {
    const tensors = [...Object.values(inputs), ...Object.values(outputs)];
    return {
      flops: flopsOf(dims(inputs, attrs)),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: { naive, register, quad, tiled, depthwise, 'depthwise-strip': strip },
  defaultVariant({ inputs, attrs }, caps) {
    const d = dims(inputs, attrs);
    if (isDepthwise(d)) return prefersStrip(d, true, caps) ? 'depthwise-strip' : 'depthwise';
    // Where a group has few channels, a tile of four by sixteen would stay nearly empty.
    if (d.cIn * d.cOut < 8) return 'naive';
    if (caps.adapterKind === 'hardware' && d.cOut % 4 === 0) return 'tiled';
    return caps.subgroups ? 'quad' : 'register';
  },
});

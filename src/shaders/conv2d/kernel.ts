/** y = act(w * x + bias) + residual over images: any window, stride, dilation, padding and groups. */
import { defineKernel } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { checkResidual, residualInput } from '@/shaders/lib/residual';
import { depthwise, isDepthwise } from './depthwise';
import { conv2dAttrs, dims, flopsOf, outputShape, type Conv2dAttrs } from './dims';
import { naive } from './naive';
import { isPointwise, pointwise } from './pointwise';
import { quad, register, tiled } from './register';
import { prefersStrip, strip } from './strip';

export const kernel = defineKernel<Conv2dAttrs>({
  name: 'conv2d',
  title: { en: 'Convolution of images', zh: '二维卷积' },
  inputs: {
    x: { dtypes: ['f32', 'f16'], shape: '[N, H, W, C]' },
    w: { dtypes: ['f32', 'f16'], shape: '[Cout, C/groups, kh, kw]' },
    bias: { dtypes: ['f32', 'f16'], shape: '[Cout]', optional: true },
    residual: residualInput("[N, H', W', Cout]"),
  },
  outputs: { y: { shape: "[N, H', W', Cout]" } },
  attrs: conv2dAttrs,
  infer(inputs, attrs) {
    const y = { dtype: inputs.x!.dtype, shape: outputShape(dims(inputs, attrs)) };
    checkResidual(inputs, 'y', y);
    return { y };
  },
  rows: ({ outputs }) => outputs.y!.shape.slice(0, 3).reduce((a, b) => a * b, 1),
  work({ inputs, outputs, attrs }) {
    const tensors = [...Object.values(inputs), ...Object.values(outputs)];
    return {
      flops: flopsOf(dims(inputs, attrs)),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: { naive, register, quad, tiled, pointwise, depthwise, 'depthwise-strip': strip },
  defaultVariant({ inputs, attrs }, caps) {
    const d = dims(inputs, attrs);
    if (isDepthwise(d)) return prefersStrip(d, false, caps) ? 'depthwise-strip' : 'depthwise';
    if (isPointwise(d)) return 'pointwise';
    // Where a group has few channels, a tile of four by sixteen would stay nearly empty.
    if (d.cIn * d.cOut < 8) return 'naive';
    if (caps.adapterKind === 'hardware' && d.cIn % 4 === 0) return 'tiled';
    return caps.subgroups ? 'quad' : 'register';
  },
});

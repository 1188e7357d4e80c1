/**
 * The gradient of mean cross-entropy: dlogits = (softmax(logits) − onehot(target))·scale/divisor. The scale is a number
 * on the GPU, the loss scale of mixed precision, so that no step waits for it.
 */
import { defineKernel, f32, u32s } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { outputType } from '@/shaders/elementwise/kernel';
import { dims } from '@/shaders/cross-entropy/dims';
import { given, givenLike, overQuads, wrongShape } from '@/shaders/lib/flat';
import code from './flat.wgsl?raw';

export interface CrossEntropyBackwardAttrs {
  /** Rows over which the loss is a mean, default all: those that count, where some are ignored. */
  readonly divisor: number | null;
  /** Type of dlogits, default that of logits. */
  readonly dtype: 'same' | 'f32' | 'f16';
}

export const kernel = defineKernel<CrossEntropyBackwardAttrs>({
  name: 'cross-entropy-backward',
  title: { en: 'Gradient of cross-entropy', zh: '交叉熵的梯度' },
  inputs: {
    logits: { dtypes: ['f32', 'f16'], shape: '[rows…, classes]' },
    targets: { dtypes: ['i32'], shape: '[rows…], −1: ignored' },
    lse: { dtypes: ['f32'], shape: '[rows…]' },
    scale: { dtypes: ['f32'], shape: '[1 or more], the first is taken' },
  },
  outputs: { dlogits: { shape: '[rows…, classes]' } },
  attrs: {
    divisor: { kind: 'number', default: null, min: 1 },
    dtype: { kind: 'choice', default: 'same', options: ['same', 'f32', 'f16'] },
  },
  infer(inputs, { dtype }) {
    const { logits, shape } = dims(inputs);
    givenLike(inputs, 'lse', 'targets', shape);
    const scale = given(inputs, 'scale');
    if (scale.shape.length !== 1)
      throw wrongShape('scale', scale.shape, {
        en: 'one axis; its first number is taken',
        zh: '一个轴，取其第一个数',
      });
    return { dlogits: { dtype: outputType(dtype, logits.dtype), shape: logits.shape } };
  },
  rows: ({ inputs }) => dims(inputs).rows,
  work({ inputs, outputs }) {
    const { logits, rows, classes } = dims(inputs);
    return { flops: 4 * rows * classes, bytes: byteLength(logits) + byteLength(outputs.dlogits!) + 8 * rows };
  },
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan({ inputs, attrs }) {
        const { rows, classes } = dims(inputs);
        return {
          passes: [
            overQuads(rows * classes, 20, {
              shader: { file: 'cross-entropy-backward/flat.wgsl', code },
              params: { ...u32s({ rows, classes }), divisor: f32(attrs.divisor ?? rows) },
              bindings: [
                { name: 'logits', access: 'read', vec: 4 },
                { name: 'targets', access: 'read' },
                { name: 'lse', access: 'read' },
                { name: 'scale', access: 'read' },
                { name: 'dlogits', access: 'read_write', vec: 4 },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: () => 'flat',
});

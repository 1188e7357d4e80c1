/** Maximum and average pooling of images. The average of whole images is `reduce`, op "mean", axes [1, 2]. */
import { defineKernel, u32, u32s, type Scalar } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import type { Axis } from '@/shaders/conv2d/dims';
import { overQuads } from '@/shaders/lib/flat';
import { dims, outputShape, poolAttrs, type Pool2dAttrs, type PoolDims } from './dims';
import naiveCode from './naive.wgsl?raw';
import quadCode from './quad.wgsl?raw';

const axisParams = (side: 'h' | 'w', { size, out, taps, stride, before }: Axis) =>
  u32s({
    ...{ [`in_${side}`]: size, [`out_${side}`]: out, [`taps_${side}`]: taps },
    ...{ [`stride_${side}`]: stride, [`before_${side}`]: before },
  });

const params = ({ down, across }: PoolDims, { countIncludePad }: Pool2dAttrs): Record<string, Scalar> => ({
  ...axisParams('h', down),
  ...axisParams('w', across),
  whole: u32(Number(countIncludePad)),
});

const opsEach = ({ down, across }: PoolDims): number => down.taps * across.taps;

export const kernel = defineKernel<Pool2dAttrs>({
  name: 'pool2d',
  title: { en: 'Pooling of images', zh: '二维池化' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[N, H, W, C]' } },
  outputs: { y: { shape: "[N, H', W', C]" } },
  attrs: poolAttrs,
  infer: (inputs, attrs) => ({ y: { dtype: inputs.x!.dtype, shape: outputShape(dims(inputs, attrs)) } }),
  rows: ({ outputs }) => sizeOf(outputs.y!.shape.slice(0, 3)),
  work: ({ inputs, outputs, attrs }) => ({
    flops: opsEach(dims(inputs, attrs)) * sizeOf(outputs.y!.shape),
    bytes: byteLength(inputs.x!) + byteLength(outputs.y!),
  }),
  variants: {
    quad: {
      title: { en: 'four channels of a pixel', zh: '每次一个像素的四个通道' },
      unsupported({ inputs, attrs }) {
        const { C } = dims(inputs, attrs);
        if (C % 4 === 0) return undefined;
        return { en: `${C} channels; needed: a multiple of four`, zh: `共 ${C} 个通道；须为 4 的倍数` };
      },
      plan({ inputs, outputs, attrs }) {
        const d = dims(inputs, attrs);
        const total = sizeOf(outputs.y!.shape) / 4;
        return {
          passes: [
            {
              shader: { file: 'pool2d/quad.wgsl', code: quadCode },
              constants: { MAX: attrs.op === 'max' },
              params: { ...u32s({ total, c4: d.C / 4 }), ...params(d, attrs) },
              bindings: [
                { name: 'x', access: 'read', vec: 4 },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
              groups: Math.ceil(total / 64),
              flops: 4 * opsEach(d) * total,
            },
          ],
        };
      },
    },
    naive: {
      title: { en: 'one element by itself', zh: '逐元素计算' },
      plan({ inputs, outputs, attrs }) {
        const d = dims(inputs, attrs);
        const size = sizeOf(outputs.y!.shape);
        return {
          passes: [
            overQuads(size, 4 * opsEach(d), {
              shader: { file: 'pool2d/naive.wgsl', code: naiveCode },
              constants: { MAX: attrs.op === 'max' },
              params: { ...u32s({ size, C: d.C }), ...params(d, attrs) },
              bindings: [
                { name: 'x', access: 'read' },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: ({ inputs, attrs }) => (dims(inputs, attrs).C % 4 === 0 ? 'quad' : 'naive'),
});

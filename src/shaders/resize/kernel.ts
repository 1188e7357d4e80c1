/** Images in another size, by the nearest pixel or bilinear. */
import { defineKernel, i32, u32s, type Scalar, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { overQuads } from '@/shaders/lib/flat';
import { dims, outputShape, resizeAttrs, type ResizeAttrs, type ResizeAxis, type ResizeDims } from './dims';
import naiveCode from './naive.wgsl?raw';
import quadCode from './quad.wgsl?raw';
import sourceCode from './source.wgsl?raw';

const source: Shader = { file: 'resize/source.wgsl', code: sourceCode };

const axisParams = (side: 'h' | 'w', { from, to, multiply, add, divide }: ResizeAxis) => ({
  ...u32s({ [`in_${side}`]: from, [`out_${side}`]: to }),
  ...u32s({ [`multiply_${side}`]: multiply, [`divide_${side}`]: divide }),
  [`add_${side}`]: i32(add),
});

const params = ({ down, across }: ResizeDims): Record<string, Scalar> => ({
  ...axisParams('h', down),
  ...axisParams('w', across),
});

export const kernel = defineKernel<ResizeAttrs>({
  name: 'resize',
  title: { en: 'Images in another size', zh: '图像缩放' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[N, H, W, C]' } },
  outputs: { y: { shape: "[N, H', W', C]" } },
  attrs: resizeAttrs,
  infer: (inputs, attrs) => ({ y: { dtype: inputs.x!.dtype, shape: outputShape(dims(inputs, attrs)) } }),
  rows: ({ outputs }) => sizeOf(outputs.y!.shape.slice(0, 3)),
  work: ({ inputs, outputs, attrs }) => ({
    flops: (attrs.mode === 'bilinear' ? 9 : 0) * sizeOf(outputs.y!.shape),
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
              shader: { file: 'resize/quad.wgsl', code: quadCode, uses: [source] },
              constants: { BILINEAR: attrs.mode === 'bilinear' },
              params: { ...u32s({ total, C: d.C / 4 }), ...params(d) },
              bindings: [
                { name: 'x', access: 'read', vec: 4 },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
              groups: Math.ceil(total / 64),
              flops: 60 * total,
            },
          ],
        };
      },
    },
    naive: {
      title: { en: 'one element by itself', zh: '逐元素计算' },
      plan({ inputs, outputs, attrs }) {
        const d = dims(inputs, attrs);
        const total = sizeOf(outputs.y!.shape);
        return {
          passes: [
            overQuads(total, 30, {
              shader: { file: 'resize/naive.wgsl', code: naiveCode, uses: [source] },
              constants: { BILINEAR: attrs.mode === 'bilinear' },
              params: { ...u32s({ total, C: d.C }), ...params(d) },
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

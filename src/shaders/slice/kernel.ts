/** A part of a tensor along one axis, as in x[:, from:to]. */
import { defineKernel, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { overQuads } from '@/shaders/lib/flat';
import { dims, type SliceAttrs } from './dims';
import quadsCode from './quads.wgsl?raw';
import sliceCode from './slice.wgsl?raw';

const isWhole = ({ inputs, attrs }: Problem<SliceAttrs>): boolean => {
  const { columns, skipped, taken } = dims(inputs, attrs);
  return [columns, skipped, taken].every((n) => n % 4 === 0);
};

function plan({ inputs, attrs }: Problem<SliceAttrs>, whole: boolean): Plan {
  const { shape, columns, skipped, taken } = dims(inputs, attrs);
  const size = sizeOf(shape);
  const step = whole ? 4 : 1;
  return {
    passes: [
      overQuads(size, whole ? 2 : 6, {
        shader: whole
          ? { file: 'slice/quads.wgsl', code: quadsCode }
          : { file: 'slice/slice.wgsl', code: sliceCode },
        params: u32s({ size, columns: columns / step, skipped: skipped / step, taken: taken / step }),
        bindings: [
          { name: 'x', access: 'read', vec: whole ? 4 : 1 },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
      }),
    ],
  };
}

export const kernel = defineKernel<SliceAttrs>({
  name: 'slice',
  title: { en: 'A part along an axis', zh: '沿轴截取' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…]' } },
  outputs: { y: { shape: '[…], the axis from `from` to `to`' } },
  attrs: {
    axis: { kind: 'number', default: -1, integer: true },
    from: { kind: 'number', default: 0, integer: true, min: 0 },
    to: { kind: 'number', default: null, integer: true, min: 1 },
  },
  infer(inputs, attrs) {
    const { x, shape } = dims(inputs, attrs);
    return { y: { dtype: x.dtype, shape } };
  },
  rows: ({ inputs, attrs }) => sizeOf(inputs.x!.shape) / dims(inputs, attrs).columns,
  work: ({ outputs }) => ({ flops: 0, bytes: 2 * byteLength(outputs.y!) }),
  variants: {
    gather: {
      title: { en: 'element by element', zh: '逐元素' },
      plan: (problem) => plan(problem, false),
    },
    quads: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      unsupported: (problem) =>
        isWhole(problem)
          ? undefined
          : {
              en: 'rows and the part taken have to begin and end at multiples of four elements',
              zh: '各行与截取部分的起止须为 4 个元素的倍数',
            },
      plan: (problem) => plan(problem, true),
    },
  },
  defaultVariant: (problem) => (isWhole(problem) ? 'quads' : 'gather'),
});

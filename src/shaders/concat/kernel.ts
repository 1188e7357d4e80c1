/** Two tensors, one after the other along an axis. */
import { defineKernel, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { overQuads } from '@/shaders/lib/flat';
import concatCode from './concat.wgsl?raw';
import { dims, type ConcatAttrs } from './dims';
import quadsCode from './quads.wgsl?raw';

const isWhole = ({ inputs, attrs }: Problem<ConcatAttrs>): boolean => {
  const { columnsA, columnsB } = dims(inputs, attrs);
  return columnsA % 4 === 0 && columnsB % 4 === 0;
};

function plan({ inputs, attrs }: Problem<ConcatAttrs>, whole: boolean): Plan {
  const { shape, columnsA, columnsB } = dims(inputs, attrs);
  const size = sizeOf(shape);
  const step = whole ? 4 : 1;
  const vec = whole ? 4 : 1;
  return {
    passes: [
      overQuads(size, whole ? 2 : 8, {
        shader: whole
          ? { file: 'concat/quads.wgsl', code: quadsCode }
          : { file: 'concat/concat.wgsl', code: concatCode },
        params: u32s({ size, columns_a: columnsA / step, columns_b: columnsB / step }),
        bindings: [
          { name: 'a', access: 'read', vec },
          { name: 'b', access: 'read', vec },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
      }),
    ],
  };
}

export const kernel = defineKernel<ConcatAttrs>({
  name: 'concat',
  title: { en: 'Concatenation along an axis', zh: '沿轴拼接' },
  inputs: {
    a: { dtypes: ['f32', 'f16'], shape: '[…]' },
    b: { dtypes: ['f32', 'f16'], shape: '[…], that of a but for the axis' },
  },
  outputs: { y: { shape: '[…], the axis as long as both' } },
  attrs: { axis: { kind: 'number', default: -1, integer: true } },
  infer(inputs, attrs) {
    const { a, shape } = dims(inputs, attrs);
    return { y: { dtype: a.dtype, shape } };
  },
  rows: ({ inputs, attrs }) => dims(inputs, attrs).rows,
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
              en: 'the rows of a and b have to be multiples of four elements',
              zh: 'a 与 b 的每行须为 4 个元素的倍数',
            },
      plan: (problem) => plan(problem, true),
    },
  },
  defaultVariant: (problem) => (isWhole(problem) ? 'quads' : 'gather'),
});

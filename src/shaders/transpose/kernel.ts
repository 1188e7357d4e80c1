/** The axes of a tensor in another order, up to five of them: matrices, heads, channels first or last. */
import { defineKernel, u32, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { overQuads } from '@/shaders/lib/flat';
import alongCode from './along.wgsl?raw';
import { dims, type TransposeAttrs } from './dims';
import gatherCode from './gather.wgsl?raw';

const wholeQuads = ({ inputs, attrs }: Problem<TransposeAttrs>): boolean => {
  const { shape, strides } = dims(inputs, attrs);
  return strides.at(-1) === 1 && shape.at(-1)! % 4 === 0;
};

function plan(problem: Problem<TransposeAttrs>, along: boolean): Plan {
  const { shape, strides } = dims(problem.inputs, problem.attrs);
  const size = sizeOf(shape);
  // Axes of size 1 in front make five.
  const five = (values: readonly number[]): number[] => [1, 1, 1, 1, 1, ...values].slice(-5);
  const quads = (values: readonly number[], last: boolean): number[] =>
    values.map((value, axis) => (along && (axis === 4) === last ? value / 4 : value));
  const numbered = (prefix: string, values: readonly number[]) =>
    u32s(Object.fromEntries(values.map((value, axis) => [`${prefix}${axis}`, value])));
  return {
    passes: [
      overQuads(size, 6, {
        shader: along
          ? { file: 'transpose/along.wgsl', code: alongCode }
          : { file: 'transpose/gather.wgsl', code: gatherCode },
        params: {
          size: u32(size),
          ...numbered('n', quads(five(shape), true)),
          // An axis of size 1 is never stepped along; where quads are counted its step need not be whole.
          ...numbered('s', quads(five(strides), false).map(Math.floor)),
        },
        bindings: [
          { name: 'x', access: 'read', vec: along ? 4 : 1 },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
      }),
    ],
  };
}

export const kernel = defineKernel<TransposeAttrs>({
  name: 'transpose',
  title: { en: 'Transpose', zh: '转置（重排各轴）' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…], at most five axes' } },
  outputs: { y: { shape: '[…] in the order of perm' } },
  attrs: { perm: { kind: 'numbers', default: null, lengths: [0, 1, 2, 3, 4, 5] } },
  infer(inputs, attrs) {
    const { x, shape } = dims(inputs, attrs);
    return { y: { dtype: x.dtype, shape } };
  },
  rows: ({ outputs }) => outputs.y!.shape[0] ?? 1,
  work: ({ inputs }) => ({ flops: 0, bytes: 2 * byteLength(inputs.x!) }),
  variants: {
    gather: {
      title: { en: 'element by element', zh: '逐元素' },
      plan: (problem) => plan(problem, false),
    },
    along: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      unsupported: (problem) =>
        wholeQuads(problem)
          ? undefined
          : {
              en: 'the last axis has to stay the last and be a multiple of four',
              zh: '最后一轴须保持在最后，且长度为 4 的倍数',
            },
      plan: (problem) => plan(problem, true),
    },
  },
  defaultVariant: (problem) => (wholeQuads(problem) ? 'along' : 'gather'),
});

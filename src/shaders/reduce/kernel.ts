/** Sum, mean, maximum, minimum or Euclidean norm over any axes; sums in f32, long ones in several passes. */
import { defineKernel, f32, u32s, type Pass, type Plan, type Problem } from '@/gpu/kernel';
import type { Capabilities } from '@/gpu/capabilities';
import { byteLength, sizeOf } from '@/lib/tensor';
import { four } from '@/shaders/lib/four';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import { outputType } from '@/shaders/elementwise/kernel';
import reduceCode from './reduce.wgsl?raw';
import { reduced, reductions, stagesOf, type ReduceAttrs } from './stages';

function plan({ inputs, attrs }: Problem<ReduceAttrs>, rowwise: Rowwise, caps: Capabilities): Plan {
  const found = reduced(inputs, attrs);
  const { op } = attrs;
  // So many invocations keep the adapter busy; a lane that adds fewer than this many is not worth another pass.
  const wanted = (caps.adapterKind === 'hardware' ? 65536 : 512) / rowwise.lanes;
  const stages = stagesOf(found, wanted, 64 * rowwise.lanes);
  const scratch: Record<string, number> = {};
  const passes = stages.map(({ outer, n, inner, parts, chunk }, i): Pass => {
    const last = i === stages.length - 1;
    const size = outer * parts * inner;
    const quads = Math.ceil(size / 4);
    // Four neighbouring results lie side by side in x, too.
    const x = four('x', inner % 4 === 0);
    if (!last) scratch[`partial${i}`] = 4 * size;
    return {
      shader: {
        file: 'reduce/reduce.wgsl',
        code: reduceCode,
        uses: [x.shader, rowwise.library],
      },
      constants: {
        SUM: 0,
        MAX: 1,
        MIN: 2,
        OP: op === 'max' ? 1 : op === 'min' ? 2 : 0,
        SQUARE: op === 'norm2' && i === 0,
        ROOT: op === 'norm2' && last,
      },
      params: {
        ...u32s({ n, inner, parts, chunk, size, quads }),
        scale: f32(op === 'mean' && last ? 1 / found.n : 1),
      },
      bindings: [
        { ...x.binding, ...(i > 0 ? { buffer: `partial${i - 1}` } : {}) },
        { name: 'y', access: 'read_write', vec: 4, ...(last ? {} : { buffer: `partial${i}` }) },
      ],
      groups: rowwise.groups(quads),
      flops: 4 * outer * n * inner,
    };
  });
  return { scratch, passes };
}

export const kernel = defineKernel<ReduceAttrs>({
  name: 'reduce',
  title: { en: 'Sums, means, extremes and norms over axes', zh: '沿轴求和、均值、最值与范数' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…]' } },
  outputs: { y: { shape: '[…] without the axes' } },
  attrs: {
    op: { kind: 'choice', default: 'sum', options: reductions },
    axes: { kind: 'numbers', default: null, lengths: [1, 2, 3, 4, 5] },
    keep: { kind: 'boolean', default: false },
    dtype: { kind: 'choice', default: 'same', options: ['same', 'f32', 'f16'] },
  },
  infer(inputs, attrs) {
    const { x, shape } = reduced(inputs, attrs);
    return { y: { dtype: outputType(attrs.dtype, x.dtype), shape } };
  },
  rows: ({ outputs }) => outputs.y!.shape[0] ?? 1,
  work: ({ inputs, outputs }) => ({
    flops: sizeOf(inputs.x!.shape),
    bytes: byteLength(inputs.x!) + byteLength(outputs.y!),
  }),
  variants: {
    register: {
      title: rowTitles.register,
      plan: (problem, caps) => plan(problem, alone, caps),
    },
    workgroup: {
      title: rowTitles.workgroup,
      plan: (problem, caps) => plan(problem, shared, caps),
    },
  },
  defaultVariant: ({ inputs, attrs }, caps) => rowDefault(caps, reduced(inputs, attrs).n),
});

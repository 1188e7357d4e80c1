/** Layer norm and RMS norm: one declaration, with or without the mean and the shift. */
import type { Capabilities } from '@/gpu/capabilities';
import { f32, u32s, type Kernel, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { given, givenLike, overQuads, rowsOf } from '@/shaders/lib/flat';
import { four } from '@/shaders/lib/four';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import applyAlignedCode from './apply-aligned.wgsl?raw';
import applyCode from './apply.wgsl?raw';
import statsCode from './stats.wgsl?raw';

export interface NormAttrs {
  readonly eps: number;
}

export interface NormDims {
  readonly x: TensorSpec;
  readonly rows: number;
  readonly width: number;
}

/** The last axis of x is normalised; gamma, and beta where there is one, have its size. */
export function normDims(inputs: Specs): NormDims {
  const x = given(inputs, 'x');
  const { rows, width } = rowsOf(x);
  givenLike(inputs, 'gamma', 'the last axis of x', [width]);
  if (inputs.beta) givenLike(inputs, 'beta', 'the last axis of x', [width]);
  return { x, rows, width };
}

const apply: Shader = { file: 'layer-norm/apply.wgsl', code: applyCode };
const applyAligned: Shader = { file: 'layer-norm/apply-aligned.wgsl', code: applyAlignedCode };

function plan({ inputs, attrs }: Problem<NormAttrs>, centre: boolean, rowwise: Rowwise): Plan {
  const { rows, width } = normDims(inputs);
  const size = rows * width;
  const aligned = width % 4 === 0;
  const vec = aligned ? 4 : 1;
  const x = four('x', aligned);
  return {
    passes: [
      {
        shader: { file: 'layer-norm/stats.wgsl', code: statsCode, uses: [x.shader, rowwise.library] },
        constants: { CENTRE: centre },
        params: { ...u32s({ rows, width }), eps: f32(attrs.eps) },
        bindings: [x.binding, { name: 'stats', access: 'read_write', vec: 2 }],
        groups: rowwise.groups(rows),
        flops: 10 * size,
      },
      overQuads(size, 10, {
        shader: aligned ? applyAligned : apply,
        constants: { HAS_BETA: inputs.beta !== undefined },
        params: u32s({ rows, width }),
        bindings: [
          { name: 'x', access: 'read', vec: 4 },
          { name: 'stats', access: 'read', vec: 2 },
          { name: 'gamma', access: 'read', vec },
          // Never read where there is no shift.
          { name: 'beta', access: 'read', vec, buffer: inputs.beta ? 'beta' : 'gamma' },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
      }),
    ],
  };
}

const floats = ['f32', 'f16'] as const;

export const normKernel = (
  about: Pick<Kernel<NormAttrs>, 'name' | 'title'>,
  { centre }: { readonly centre: boolean },
): Kernel<NormAttrs> => ({
  ...about,
  inputs: {
    x: { dtypes: floats, shape: '[rows…, width]' },
    gamma: { dtypes: floats, shape: '[width]' },
    ...(centre ? { beta: { dtypes: floats, shape: '[width]', optional: true } } : {}),
  },
  outputs: {
    y: { shape: '[rows…, width]' },
    stats: { shape: '[rows, 2]: mean (0 for RMS norm) and 1/√(variance + eps)' },
  },
  attrs: { eps: { kind: 'number', default: 1e-5, min: 0 } },
  infer(inputs) {
    const { x, rows } = normDims(inputs);
    return { y: x, stats: { dtype: 'f32', shape: [rows, 2] } };
  },
  rows: ({ inputs }) => normDims(inputs).rows,
  work({ inputs }) {
    const { x } = normDims(inputs);
    return { flops: 8 * sizeOf(x.shape), bytes: 2 * byteLength(x) };
  },
  variants: {
    register: { title: rowTitles.register, plan: (problem) => plan(problem, centre, alone) },
    workgroup: { title: rowTitles.workgroup, plan: (problem) => plan(problem, centre, shared) },
  },
  defaultVariant: ({ inputs }, caps: Capabilities) => rowDefault(caps, normDims(inputs).width),
});

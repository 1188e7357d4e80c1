/** y = (x − mean)/√(variance + eps)·γ + β, both over the pixels and a group of channels (Wu & He 2018). */
import type { Capabilities } from '@/gpu/capabilities';
import { defineKernel, f32, u32s, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { givenLike, overQuads } from '@/shaders/lib/flat';
import { four } from '@/shaders/lib/four';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import applyCode from './apply.wgsl?raw';
import * as channels from './channels';
import { groupDims, groupsAttr, type GroupNormAttrs } from './dims';
import ownCode from './own.wgsl?raw';
import placeCode from './place.wgsl?raw';
import statsCode from './stats.wgsl?raw';

/** Where the elements of a group lie, and which statistics are an element's: the gradients' too. */
export const placeShader: Shader = { file: 'group-norm/place.wgsl', code: placeCode };
export const ownShader: Shader = { file: 'group-norm/own.wgsl', code: ownCode };

function plan({ inputs, attrs: { groups, eps } }: Problem<GroupNormAttrs>, rowwise: Rowwise): Plan {
  const { x: spec, pixels, channels: width, share, rows } = groupDims(inputs, groups);
  const size = sizeOf(spec.shape);
  const x = four('x', share % 4 === 0);
  const [gamma, beta] = [four('gamma', width % 4 === 0), four('beta', width % 4 === 0)];
  return {
    passes: [
      {
        shader: {
          file: 'group-norm/stats.wgsl',
          code: statsCode,
          uses: [x.shader, placeShader, rowwise.library],
        },
        params: { ...u32s({ rows, pixels, groups, share }), eps: f32(eps) },
        bindings: [x.binding, { name: 'stats', access: 'read_write', vec: 2 }],
        groups: rowwise.groups(rows),
        flops: 16 * size,
      },
      overQuads(size, 16, {
        shader: {
          file: 'group-norm/apply.wgsl',
          code: applyCode,
          uses: [gamma.shader, beta.shader, ownShader],
        },
        constants: { WHOLE: share % 4 === 0 },
        params: u32s({ pixels, groups, share, last: size - 1 }),
        bindings: [
          { name: 'x', access: 'read', vec: 4 },
          { name: 'stats', access: 'read', vec: 2 },
          gamma.binding,
          beta.binding,
          { name: 'y', access: 'read_write', vec: 4 },
        ],
      }),
    ],
  };
}

const floats = ['f32', 'f16'] as const;

export const kernel = defineKernel<GroupNormAttrs>({
  name: 'group-norm',
  title: { en: 'Group norm', zh: '组归一化（Group norm）' },
  inputs: {
    x: { dtypes: floats, shape: '[N, …, C]' },
    gamma: { dtypes: floats, shape: '[C]' },
    beta: { dtypes: floats, shape: '[C]' },
  },
  outputs: {
    y: { shape: '[N, …, C]' },
    stats: { shape: '[N·groups, 2]: mean and 1/√(variance + eps)' },
  },
  attrs: { groups: groupsAttr, eps: { kind: 'number', default: 1e-5, min: 0 } },
  infer(inputs, { groups }) {
    const { x, rows, channels: width } = groupDims(inputs, groups);
    givenLike(inputs, 'beta', 'the last axis of x', [width]);
    return { y: x, stats: { dtype: 'f32', shape: [rows, 2] } };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work: ({ inputs }) => ({ flops: 8 * sizeOf(inputs.x!.shape), bytes: 2 * byteLength(inputs.x!) }),
  variants: {
    register: { title: rowTitles.register, plan: (problem) => plan(problem, alone) },
    workgroup: { title: rowTitles.workgroup, plan: (problem) => plan(problem, shared) },
    channels: {
      title: channels.title,
      unsupported: ({ inputs, attrs }) => channels.unsupported(inputs, attrs.groups),
      plan: channels.plan,
    },
  },
  defaultVariant({ inputs, attrs }, caps: Capabilities) {
    const { pixels, share } = groupDims(inputs, attrs.groups);
    if (!channels.unsupported(inputs, attrs.groups)) return 'channels';
    return rowDefault(caps, pixels * share);
  },
});

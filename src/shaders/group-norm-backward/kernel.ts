/** The gradients of group norm: dx, and dγ, dβ summed over all images and pixels. */
import type { Capabilities } from '@/gpu/capabilities';
import { defineKernel, u32s, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { byteLength, dtypeBytes, sizeOf } from '@/lib/tensor';
import { title, unsupported } from '@/shaders/group-norm/channels';
import { groupDims, groupsAttr, type GroupNormAttrs } from '@/shaders/group-norm/dims';
import { ownShader, placeShader } from '@/shaders/group-norm/kernel';
import joinCode from '@/shaders/layer-norm-backward/join.wgsl?raw';
import { givenLike, overQuads } from '@/shaders/lib/flat';
import { four } from '@/shaders/lib/four';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import applyCode from './apply.wgsl?raw';
import { plan as planChannels } from './channels';
import columnsCode from './columns.wgsl?raw';
import sumsCode from './sums.wgsl?raw';

export type GroupNormBackwardAttrs = Pick<GroupNormAttrs, 'groups'>;

const shader = (name: string, code: string, uses: readonly Shader[]): Shader => ({
  file: `group-norm-backward/${name}.wgsl`,
  code,
  uses,
});

function plan(
  { inputs, attrs: { groups } }: Problem<GroupNormBackwardAttrs>,
  rowwise: Rowwise,
  caps: Capabilities,
): Plan {
  const { x: spec, images, pixels, channels, share, rows } = groupDims(inputs, groups);
  const size = sizeOf(spec.shape);
  const columnQuads = Math.ceil(channels / 4);
  const within = share % 4 === 0;
  const across = channels % 4 === 0;
  // Enough parts to keep the adapter busy, of at least 16 pixels.
  const wanted = caps.adapterKind === 'hardware' ? 16384 : 256;
  const chunk = Math.max(16, Math.ceil((images * pixels * columnQuads) / wanted));
  const parts = Math.ceil((images * pixels) / chunk);
  const read = (name: string, vec: 1 | 2 | 4 = 1) => ({ name, access: 'read', vec }) as const;
  const write = (name: string, vec: 2 | 4) => ({ name, access: 'read_write', vec }) as const;
  const walked = ['x', 'dy', 'gamma'].map((name) => four(name, within));
  const [x, dy, gamma] = ['x', 'dy', 'gamma'].map((name) => four(name, across));
  const last = size - 1;
  return {
    scratch: { sums: 8 * rows, partial: 32 * parts * columnQuads },
    passes: [
      {
        shader: shader('sums', sumsCode, [...walked.map((f) => f.shader), placeShader, rowwise.library]),
        params: u32s({ rows, pixels, groups, share }),
        bindings: [...walked.map((f) => f.binding), read('stats', 2), write('sums', 2)],
        groups: rowwise.groups(rows),
        flops: 20 * size,
      },
      overQuads(size, 24, {
        shader: shader('apply', applyCode, [gamma!.shader, ownShader]),
        constants: { WHOLE: within },
        params: u32s({ pixels, groups, share, last }),
        bindings: [
          ...[read('x', 4), read('dy', 4), read('stats', 2), read('sums', 2)],
          ...[gamma!.binding, write('dx', 4)],
        ],
      }),
      {
        shader: shader('columns', columnsCode, [x!.shader, dy!.shader, ownShader]),
        constants: { WHOLE: within },
        params: u32s({
          ...{ pixels, groups, share, last, parts, chunk },
          ...{ column_quads: columnQuads, all_pixels: images * pixels },
        }),
        bindings: [x!.binding, dy!.binding, read('stats', 2), write('partial', 4)],
        groups: Math.ceil((parts * columnQuads) / 64),
        flops: 20 * size,
      },
      overQuads(channels, 2 * parts, {
        shader: { file: 'layer-norm-backward/join.wgsl', code: joinCode },
        params: u32s({ parts }),
        bindings: [read('partial', 4), write('dgamma', 4), write('dbeta', 4)],
      }),
    ],
  };
}

const floats = ['f32', 'f16'] as const;

export const kernel = defineKernel<GroupNormBackwardAttrs>({
  name: 'group-norm-backward',
  title: { en: 'Gradients of group norm', zh: '组归一化的梯度' },
  inputs: {
    x: { dtypes: floats, shape: '[N, …, C]' },
    gamma: { dtypes: floats, shape: '[C]' },
    stats: { dtypes: ['f32'], shape: '[N·groups, 2], of the forward pass' },
    dy: { dtypes: floats, shape: '[N, …, C]' },
  },
  outputs: { dx: { shape: '[N, …, C]' }, dgamma: { shape: '[C]' }, dbeta: { shape: '[C]' } },
  attrs: { groups: groupsAttr },
  infer(inputs, { groups }) {
    const { x, rows } = groupDims(inputs, groups);
    givenLike(inputs, 'dy', 'x', x.shape);
    givenLike(inputs, 'stats', 'the forward pass', [rows, 2]);
    return { dx: x, dgamma: inputs.gamma!, dbeta: inputs.gamma! };
  },
  // The weights' gradients are sums over all images: they do not split.
  rows: () => 1,
  work({ inputs }) {
    const size = sizeOf(inputs.x!.shape);
    return { flops: 15 * size, bytes: 2 * byteLength(inputs.x!) + size * dtypeBytes(inputs.dy!.dtype) };
  },
  variants: {
    register: { title: rowTitles.register, plan: (problem, caps) => plan(problem, alone, caps) },
    workgroup: { title: rowTitles.workgroup, plan: (problem, caps) => plan(problem, shared, caps) },
    channels: {
      title,
      unsupported: ({ inputs, attrs }) => unsupported(inputs, attrs.groups),
      plan: planChannels,
    },
  },
  defaultVariant({ inputs, attrs }, caps) {
    const { pixels, share } = groupDims(inputs, attrs.groups);
    if (!unsupported(inputs, attrs.groups)) return 'channels';
    return rowDefault(caps, pixels * share);
  },
});

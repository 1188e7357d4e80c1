/**
 * Channels of `groups` runs taken in turn: y[…, j·G + g] = x[…, g·C/G + j] (Zhang et al. 2018, ShuffleNet). As matrices,
 * [G, C/G] becomes [C/G, G], so `groups` C/G undoes it and is its gradient. Two orders are in use for ShuffleNet V2:
 * torchvision concatenates two halves, shuffles with groups 2 (0 4 1 5 …) and splits at the next block's start; the
 * authors' own code splits into even and odd channels (0 2 4 … 1 3 5 …), which is groups C/2. Weights trained with one do
 * not fit the other.
 */
import { defineKernel, u32s, type Pass } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { given, overQuads, shapeText } from '@/shaders/lib/flat';
import gatherCode from './gather.wgsl?raw';
import pairsCode from './pairs.wgsl?raw';

export interface ChannelShuffleAttrs {
  readonly groups: number;
}

export interface ShuffleDims {
  readonly x: TensorSpec;
  readonly C: number;
  /** Channels of a group. */
  readonly share: number;
}

export function dims(inputs: Specs, groups: number): ShuffleDims {
  const x = given(inputs, 'x');
  const C = x.shape.at(-1) ?? 1;
  if (C % groups !== 0)
    throw new LabError('attr.value', {
      name: 'groups',
      got: groups,
      allowed: {
        en: `a divisor of the ${C} channels of x ${shapeText(x.shape)}`,
        zh: `x ${shapeText(x.shape)} 的通道数 ${C} 的约数`,
      },
    });
  return { x, C, share: C / groups };
}

/** Two halves of whole quads, shuffled or brought back. */
const isPairs = ({ C, share }: ShuffleDims): boolean => C % 8 === 0 && (share === C / 2 || share === 2);

const vectors = [
  { name: 'x', access: 'read', vec: 4 },
  { name: 'y', access: 'read_write', vec: 4 },
] as const;

export const kernel = defineKernel<ChannelShuffleAttrs>({
  name: 'channel-shuffle',
  title: { en: 'Channel shuffle', zh: '通道混洗（Channel shuffle）' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…, C]' } },
  outputs: { y: { shape: '[…, C]' } },
  attrs: { groups: { kind: 'number', default: 2, integer: true, min: 1 } },
  infer: (inputs, { groups }) => ({ y: dims(inputs, groups).x }),
  rows: ({ inputs }) => sizeOf(inputs.x!.shape.slice(0, -1)),
  work: ({ inputs }) => ({ flops: 0, bytes: 2 * byteLength(inputs.x!) }),
  variants: {
    pairs: {
      title: { en: 'two quads of channels at once', zh: '一次两组四通道' },
      unsupported: ({ inputs, attrs }) =>
        isPairs(dims(inputs, attrs.groups))
          ? undefined
          : {
              en: 'two groups, or groups of two, and channels in a multiple of eight',
              zh: '须为两组或每组两个通道，且通道数为 8 的倍数',
            },
      plan({ inputs, attrs }) {
        const { x, C, share } = dims(inputs, attrs.groups);
        const pairs = sizeOf(x.shape) / 8;
        const pass: Pass = {
          shader: { file: 'channel-shuffle/pairs.wgsl', code: pairsCode },
          constants: { APART: share === 2 },
          params: u32s({ pairs, half: C / 8 }),
          bindings: vectors,
          groups: Math.ceil(pairs / 64),
          flops: 8 * pairs,
        };
        return { passes: [pass] };
      },
    },
    gather: {
      title: { en: 'channel by channel', zh: '逐通道读取' },
      plan({ inputs, attrs: { groups } }) {
        const { x, C, share } = dims(inputs, groups);
        const size = sizeOf(x.shape);
        return {
          passes: [
            overQuads(size, 4, {
              shader: { file: 'channel-shuffle/gather.wgsl', code: gatherCode },
              params: u32s({ C, share, groups, size }),
              bindings: [{ name: 'x', access: 'read' }, vectors[1]],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: ({ inputs, attrs }) => (isPairs(dims(inputs, attrs.groups)) ? 'pairs' : 'gather'),
});

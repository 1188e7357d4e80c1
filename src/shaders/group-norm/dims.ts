/** Sizes of group norm: images of the first axis, groups of neighbouring channels of the last. */
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { given, givenLike, wrongShape } from '@/shaders/lib/flat';

export interface GroupNormAttrs {
  readonly groups: number;
  readonly eps: number;
}

export interface GroupDims {
  readonly x: TensorSpec;
  readonly images: number;
  readonly pixels: number;
  readonly channels: number;
  /** Channels of a group. */
  readonly share: number;
  /** Groups of all images. */
  readonly rows: number;
}

export function groupDims(inputs: Specs, groups: number): GroupDims {
  const x = given(inputs, 'x');
  if (x.shape.length < 2)
    throw wrongShape('x', x.shape, { en: 'at least two axes, [N, …, C]', zh: '至少两个轴，即 [N, …, C]' });
  const [images, channels] = [x.shape[0]!, x.shape.at(-1)!];
  if (channels % groups !== 0)
    throw new LabError('attr.value', {
      name: 'groups',
      got: String(groups),
      allowed: { en: `a divisor of the ${channels} channels`, zh: `通道数 ${channels} 的约数` },
    });
  givenLike(inputs, 'gamma', 'the last axis of x', [channels]);
  const pixels = sizeOf(x.shape) / images / channels;
  return { x, images, pixels, channels, share: channels / groups, rows: images * groups };
}

export const groupsAttr = { kind: 'number', default: 1, integer: true, min: 1 } as const;

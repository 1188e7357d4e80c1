/** Groups of one channel each, as in batch norm and instance norm: four channels an invocation, over a part of the pixels. */
import type { Capabilities } from '@/gpu/capabilities';
import { f32, u32s, type Plan, type Problem, type Scalar, type Shader } from '@/gpu/kernel';
import { sizeOf, type Specs } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { groupDims, type GroupNormAttrs } from './dims';
import applyCode from './channel-apply.wgsl?raw';
import joinCode from './channel-join.wgsl?raw';
import ownCode from './channel-own.wgsl?raw';
import partsCode from './channel-parts.wgsl?raw';
import walkCode from './walk.wgsl?raw';

export const title: Text = { en: 'four channels over a part of the pixels', zh: '每次四个通道、一段像素' };

export function unsupported(inputs: Specs, groups: number): Text | undefined {
  const { share, channels } = groupDims(inputs, groups);
  if (share === 1 && channels % 4 === 0) return undefined;
  return {
    en: `${groups} groups of ${share} channels; needed: a channel each, a multiple of four`,
    zh: `共 ${groups} 组、每组 ${share} 个通道；须每组一个通道，且通道数为 4 的倍数`,
  };
}

const walk: Shader = { file: 'group-norm/walk.wgsl', code: walkCode };
export const walking: readonly Shader[] = [walk];
export const walkingOwn: readonly Shader[] = [walk, { file: 'group-norm/channel-own.wgsl', code: ownCode }];

interface Walks {
  readonly parts: number;
  /** Of all images. */
  readonly places: number;
  readonly columnQuads: number;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly groups: number;
}

/** Parts of at least `least` pixels, as many as keep the adapter busy. */
function walksOf(
  { images, pixels, channels }: ReturnType<typeof groupDims>,
  wanted: number,
  least: number,
): Walks {
  const columnQuads = channels / 4;
  const chunk = Math.max(least, Math.ceil((images * pixels * columnQuads) / wanted));
  const parts = Math.ceil(pixels / chunk);
  const places = images * parts * columnQuads;
  const params = u32s({ images, pixels, parts, chunk, places, column_quads: columnQuads });
  return { parts, places, columnQuads, params, groups: Math.ceil(places / 64) };
}

/** Sums are few, since one invocation joins them; writing goes on everywhere at once. */
export const summing = (dims: ReturnType<typeof groupDims>, caps: Capabilities): Walks =>
  walksOf(dims, caps.adapterKind === 'hardware' ? 4096 : 256, 16);
export const applying = (dims: ReturnType<typeof groupDims>, caps: Capabilities): Walks =>
  walksOf(dims, caps.adapterKind === 'hardware' ? 65_536 : 1024, 4);

export function plan({ inputs, attrs: { groups, eps } }: Problem<GroupNormAttrs>, caps: Capabilities): Plan {
  const dims = groupDims(inputs, groups);
  const size = sizeOf(dims.x.shape);
  const [sums, apply] = [summing(dims, caps), applying(dims, caps)];
  const x = { name: 'x', access: 'read', vec: 4 } as const;
  return {
    scratch: { partial: 32 * sums.places },
    passes: [
      {
        shader: { file: 'group-norm/channel-parts.wgsl', code: partsCode, uses: walking },
        params: sums.params,
        bindings: [x, { name: 'partial', access: 'read_write', vec: 4 }],
        groups: sums.groups,
        flops: 4 * size,
      },
      {
        shader: { file: 'group-norm/channel-join.wgsl', code: joinCode },
        params: { ...sums.params, eps: f32(eps) },
        bindings: [
          { name: 'partial', access: 'read', vec: 4 },
          { name: 'stats', access: 'read_write', vec: 2 },
        ],
        groups: Math.ceil((dims.images * sums.columnQuads) / 64),
        flops: 24 * sums.places,
      },
      {
        shader: { file: 'group-norm/channel-apply.wgsl', code: applyCode, uses: walkingOwn },
        params: apply.params,
        bindings: [
          x,
          { name: 'stats', access: 'read', vec: 2 },
          { name: 'gamma', access: 'read', vec: 4 },
          { name: 'beta', access: 'read', vec: 4 },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
        groups: apply.groups,
        flops: 3 * size,
      },
    ],
  };
}

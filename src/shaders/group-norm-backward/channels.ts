/** The gradients where every group is one channel: its two sums are γ's and β's gradients already, image by image. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { applying, summing, walkingOwn } from '@/shaders/group-norm/channels';
import { groupDims } from '@/shaders/group-norm/dims';
import joinColumnsCode from '@/shaders/layer-norm-backward/join.wgsl?raw';
import { overQuads } from '@/shaders/lib/flat';
import applyCode from './channel-apply.wgsl?raw';
import joinCode from './channel-join.wgsl?raw';
import partsCode from './channel-parts.wgsl?raw';

const shader = (name: string, code: string, uses: readonly Shader[] = []): Shader => ({
  file: `group-norm-backward/${name}.wgsl`,
  code,
  uses,
});

export function plan(
  { inputs, attrs: { groups } }: Problem<{ readonly groups: number }>,
  caps: Capabilities,
): Plan {
  const dims = groupDims(inputs, groups);
  const { images, channels } = dims;
  const size = sizeOf(dims.x.shape);
  const [sums, apply] = [summing(dims, caps), applying(dims, caps)];
  const read = (name: string, vec: 2 | 4 = 4) => ({ name, access: 'read', vec }) as const;
  const write = (name: string) => ({ name, access: 'read_write', vec: 4 }) as const;
  return {
    scratch: { partial: 32 * sums.places, means: 32 * images * sums.columnQuads },
    passes: [
      {
        shader: shader('channel-parts', partsCode, walkingOwn),
        params: sums.params,
        bindings: [read('x'), read('dy'), read('stats', 2), write('partial')],
        groups: sums.groups,
        flops: 5 * size,
      },
      {
        shader: shader('channel-join', joinCode),
        params: sums.params,
        bindings: [read('partial'), write('means')],
        groups: Math.ceil((images * sums.columnQuads) / 64),
        flops: 8 * sums.places,
      },
      {
        shader: shader('channel-apply', applyCode, walkingOwn),
        params: apply.params,
        bindings: [
          ...[read('x'), read('dy'), read('stats', 2), read('means')],
          ...[read('gamma'), write('dx')],
        ],
        groups: apply.groups,
        flops: 5 * size,
      },
      overQuads(channels, 2 * images * sums.parts, {
        shader: { file: 'layer-norm-backward/join.wgsl', code: joinColumnsCode },
        params: u32s({ parts: images * sums.parts }),
        bindings: [read('partial'), write('dgamma'), write('dbeta')],
      }),
    ],
  };
}

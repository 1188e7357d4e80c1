/** Tiles in workgroup memory: what GPUs want for large matrices. */
import type { Variant } from '@/gpu/kernel';
import { dims, type Dims, type MatmulAttrs } from './dims';
import { planTiles, tooManySmall } from './tiles';
import code from './tiled.wgsl?raw';

/** Large tiles fetch each element half as often; small ones give more workgroups, and a GPU wants FULL of them. */
const LARGE = 128;
const SMALL = 64;
const FULL = 128;

function tileOf({ M, N, batches }: Dims): number {
  return batches * Math.ceil(M / LARGE) * Math.ceil(N / LARGE) >= FULL ? LARGE : SMALL;
}

export const tiled: Variant<MatmulAttrs> = {
  title: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
  unsupported: (problem) => tooManySmall(dims(problem)),
  plan(problem, caps) {
    const TILE = tileOf(dims(problem));
    return planTiles(problem, caps, {
      file: 'matmul/tiled.wgsl',
      code,
      // On a CPU an unrolled loop takes seconds to compile: there its length is no constant.
      constants: () => ({ TILE, UNROLL: caps.adapterKind === 'hardware' }),
      params: { depth: TILE / 8 },
      rows: TILE,
      columns: TILE,
      wanted: caps.adapterKind === 'hardware' ? 256 : 8,
      upright: 'neither',
      widened: false,
    });
  },
};

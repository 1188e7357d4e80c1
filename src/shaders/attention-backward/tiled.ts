/** Tiles in workgroup memory: what GPUs want. The largest tiles that the adapter's workgroup memory holds. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Problem, type Variant } from '@/gpu/kernel';
import { bytesText } from '@/lib/units';
import { dims, type AttentionAttrs } from '../attention/dims';
import { roomOf } from '../attention/tiled';
import { statsBytes, statsPass } from './shared';
import { passesOf } from './sides';
import code from './tiled.wgsl?raw';

/** Rows that a workgroup owns, others in a tile, and rows of one invocation: ROWS/MICRO·OTHERS/4 invocations. */
interface Tile {
  readonly ROWS: number;
  readonly OTHERS: number;
  readonly MICRO: number;
}

/**
 * Largest first. Multiply-adds for each 128-bit read of workgroup memory, with r = MICRO rows and C columns of the
 * sums: 16·r/(r + 4) while s and dp are made, 16·r·C/(r + 4·C) in the sums; the first tile at D = 64 has 8 and 10.7.
 * An SM of 128 f32 lanes that reads 128 bytes a cycle, half a warp's reads at once as lanes lie here, is no longer
 * bound by the reads from 8 on. Of memory, a word of the other side serves ROWS rows: 1.5·ROWS multiply-adds in the
 * queries' pass (s, dp, dq for two words), 2·ROWS in the keys' (s, dp, dk, dv), so 48 and 64, where an H100 needs 21
 * from its L2 (29·10¹² a second at 5.5 TB/s). Estimates: not timed on such a GPU yet.
 */
const tiles: readonly Tile[] = [
  { ROWS: 32, OTHERS: 32, MICRO: 4 },
  { ROWS: 32, OTHERS: 16, MICRO: 2 },
  { ROWS: 16, OTHERS: 16, MICRO: 2 },
  { ROWS: 16, OTHERS: 8, MICRO: 1 },
  { ROWS: 8, OTHERS: 8, MICRO: 1 },
  { ROWS: 8, OTHERS: 4, MICRO: 1 },
  { ROWS: 4, OTHERS: 4, MICRO: 1 },
  { ROWS: 2, OTHERS: 4, MICRO: 1 },
];

/** Workgroup memory of a tile as declared in tiled.wgsl, with `room` columns in vec4. */
const tileBytes = ({ ROWS, OTHERS }: Tile, room: number, elementBytes: number): number =>
  8 * elementBytes * (ROWS + OTHERS) * (room | 1) + 16 * ROWS * ((OTHERS / 4) | 1);

/** The largest tile that this adapter's workgroup memory holds, or none. */
export function layoutOf(problem: Problem<AttentionAttrs>, caps: Capabilities) {
  const { D } = dims(problem);
  const UNROLL = caps.adapterKind === 'hardware';
  const ROOM = roomOf(D, caps);
  // Tiles hold the elements as they are stored; packed f16 is widened.
  const elementBytes = problem.inputs.q?.dtype === 'f16' && caps.f16 ? 2 : 4;
  const most = caps.limits.maxComputeWorkgroupStorageSize;
  return { UNROLL, ROOM, tile: tiles.find((tile) => tileBytes(tile, ROOM, elementBytes) <= most) };
}

export const tiled: Variant<AttentionAttrs> = {
  title: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
  unsupported(problem, caps) {
    if (layoutOf(problem, caps).tile) return undefined;
    const { D } = dims(problem);
    const most = bytesText(caps.limits.maxComputeWorkgroupStorageSize);
    return {
      en: `head size ${D} needs more workgroup memory than this adapter has: ${most}`,
      zh: `头维度 ${D} 需要的工作组内存超过此适配器的上限 ${most}`,
    };
  },
  plan(problem, caps) {
    const d = dims(problem);
    const { UNROLL, ROOM, tile = tiles[0]! } = layoutOf(problem, caps);
    const sides = {
      file: 'tiled.wgsl',
      code,
      constants: { ROOM, ...tile, UNROLL },
      params: u32s({ TX: tile.OTHERS / 4, MICRO: tile.MICRO }),
      rows: tile.ROWS,
    };
    return { scratch: { stats: statsBytes(d) }, passes: [statsPass(d), ...passesOf(d, sides)] };
  },
};

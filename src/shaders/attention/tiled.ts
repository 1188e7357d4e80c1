/** Tiles in workgroup memory: what GPUs want. The largest that the adapter's workgroup memory holds and that fill it. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Plan, type Problem, type Variant } from '@/gpu/kernel';
import { bytesText } from '@/lib/units';
import type { AttentionAttrs } from './dims';
import {
  dims,
  maskBinding,
  scaleLog2,
  seenShader,
  visibleConstants,
  visibleParams,
  visiblePairs,
} from './dims';
import code from './tiled.wgsl?raw';

/** Queries and keys of a tile, and rows of one invocation: ROWS/MICRO·KEYS/4 invocations. */
export interface Tile {
  readonly ROWS: number;
  readonly KEYS: number;
  readonly MICRO: number;
}

/**
 * Largest first. Multiply-adds for each 128-bit read of workgroup memory, with r = MICRO rows and C vec4 columns of o
 * in an invocation: 16·r/(r + 4) in the scores, 16·r·C/(r + 4·C) in the sums. At D = 64 that is 10.7 and 16 for the
 * first tile (37 KiB), 8 and 12.8 for the second (27 KiB), 5.3 and 7.1 for the fourth (16 KiB). An SM of 128 f32 lanes
 * that reads 128 bytes a cycle, half a warp's reads at once as lanes lie here, is no longer bound by the reads from 8
 * on. Of memory, a word of k or v serves ROWS multiply-adds: 64, where an H100 needs 21 from its L2 (29·10¹² a second
 * at 5.5 TB/s). Estimates: not timed on such a GPU yet.
 */
const tiles: readonly Tile[] = [
  { ROWS: 64, KEYS: 32, MICRO: 8 },
  { ROWS: 64, KEYS: 16, MICRO: 4 },
  { ROWS: 32, KEYS: 32, MICRO: 4 },
  { ROWS: 32, KEYS: 16, MICRO: 2 },
  { ROWS: 16, KEYS: 16, MICRO: 2 },
  { ROWS: 16, KEYS: 16, MICRO: 1 },
  { ROWS: 16, KEYS: 8, MICRO: 1 },
  { ROWS: 8, KEYS: 8, MICRO: 1 },
  { ROWS: 8, KEYS: 4, MICRO: 1 },
];

/** On a CPU head sizes share pipelines, which take seconds to compile: arrays have room for the next of these. */
const ROOMS = [4, 8, 16, 32, 64];

/** Columns, in vec4, that workgroup memory and registers have room for. */
export const roomOf = (D: number, { adapterKind }: Capabilities): number =>
  (adapterKind === 'hardware' ? undefined : ROOMS.find((room) => 4 * room >= D)) ?? D / 4;

/** Workgroup memory of a tile as declared in tiled.wgsl. */
const bytesAt = ({ ROWS, KEYS }: Tile, room: number, elementBytes: number): number =>
  4 * elementBytes * (ROWS + KEYS) * (room | 1) + 16 * ROWS * ((KEYS / 4) | 1) + ROWS * KEYS;

/** Bytes that a tile holds on chip: elements as they are stored, packed f16 widened. */
export function tileBytes(tile: Tile, problem: Problem<AttentionAttrs>, caps: Capabilities): number {
  const elementBytes = problem.inputs.q?.dtype === 'f16' && caps.f16 ? 2 : 4;
  return bytesAt(tile, roomOf(dims(problem).D, caps), elementBytes);
}

/** The tiles that this adapter's workgroup memory holds, largest first. */
export const tilesFor = (problem: Problem<AttentionAttrs>, caps: Capabilities): readonly Tile[] =>
  tiles.filter((tile) => tileBytes(tile, problem, caps) <= caps.limits.maxComputeWorkgroupStorageSize);

/** Of o in one invocation: 128 registers, and as many more for the rest. */
const MOST_ACCUMULATORS = 32;
/** Two warps for each of the 528 schedulers of a large GPU, about. */
const WANTED_INVOCATIONS = 32768;

function choose(problem: Problem<AttentionAttrs>, caps: Capabilities): Tile | undefined {
  const { B, Hkv, H, S, D } = dims(problem);
  const fitting = tilesFor(problem, caps);
  const light = fitting.filter(({ KEYS, MICRO }) => MICRO * Math.ceil(D / KEYS) <= MOST_ACCUMULATORS);
  const [largest = fitting[0], ...others] = light;
  if (!largest || caps.adapterKind === 'software') return largest;
  const groups = ({ ROWS }: Tile) => B * Hkv * Math.ceil((S * H) / Hkv / ROWS);
  const invocations = (tile: Tile) => (groups(tile) * tile.ROWS * tile.KEYS) / 4 / tile.MICRO;
  if (invocations(largest) >= WANTED_INVOCATIONS) return largest;
  return (
    others.find((tile) => invocations(tile) >= WANTED_INVOCATIONS) ??
    others.reduce((most, tile) => (invocations(tile) > invocations(most) ? tile : most), largest)
  );
}

export function planWith(tile: Tile, problem: Problem<AttentionAttrs>, caps: Capabilities): Plan {
  const d = dims(problem);
  const G = d.H / d.Hkv;
  return {
    passes: [
      {
        shader: {
          file: 'attention/tiled.wgsl',
          code,
          uses: [seenShader(d)],
        },
        constants: {
          ...visibleConstants(d),
          ...tile,
          ROOM: roomOf(d.D, caps),
          UNROLL: caps.adapterKind === 'hardware',
        },
        params: {
          ...visibleParams(d),
          ...u32s({ d4: d.D / 4, TX: tile.KEYS / 4, MICRO: tile.MICRO, G }),
          scale: scaleLog2(d),
        },
        bindings: [
          { name: 'q', access: 'read', vec: 4 },
          { name: 'k', access: 'read', vec: 4 },
          { name: 'v', access: 'read', vec: 4 },
          ...maskBinding(d),
          { name: 'o', access: 'read_write', vec: 4 },
          { name: 'lse', access: 'read_write' },
        ],
        groups: d.B * d.Hkv * Math.ceil((d.S * G) / tile.ROWS),
        flops: 4 * d.B * d.H * d.D * visiblePairs(d),
      },
    ],
  };
}

export const tiled: Variant<AttentionAttrs> = {
  title: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
  unsupported(problem, caps) {
    if (tilesFor(problem, caps).length > 0) return undefined;
    const { D } = dims(problem);
    const most = bytesText(caps.limits.maxComputeWorkgroupStorageSize);
    return {
      en: `head size ${D} needs more workgroup memory than this adapter has: ${most}`,
      zh: `头维度 ${D} 需要的工作组内存超过此适配器的上限 ${most}`,
    };
  },
  plan: (problem, caps) => planWith(choose(problem, caps) ?? tiles[0]!, problem, caps),
};

/** Tiles in workgroup memory: what GPUs want. The largest tiles that the adapter's workgroup memory holds. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32, u32s, type Plan, type Problem, type Variant } from '@/gpu/kernel';
import { bytesText } from '@/lib/units';
import type { AttentionAttrs } from './dims';
import {
  dims,
  maskBinding,
  scaleLog2,
  visibleConstants,
  visibleParams,
  visiblePairs,
  visibleShader,
} from './dims';
import code from './tiled.wgsl?raw';

/** Queries and keys of a tile, and rows of one invocation: ROWS/MICRO·KEYS/4 invocations. */
export interface Tile {
  readonly ROWS: number;
  readonly KEYS: number;
  readonly MICRO: number;
}

const tiles: readonly Tile[] = [
  { ROWS: 64, KEYS: 32, MICRO: 4 },
  { ROWS: 32, KEYS: 32, MICRO: 4 },
  { ROWS: 32, KEYS: 16, MICRO: 2 },
  { ROWS: 16, KEYS: 16, MICRO: 1 },
  { ROWS: 16, KEYS: 8, MICRO: 1 },
  { ROWS: 8, KEYS: 8, MICRO: 1 },
  { ROWS: 8, KEYS: 4, MICRO: 1 },
];

/** Workgroup memory of a tile as declared in tiled.wgsl. */
export const tileBytes = ({ ROWS, KEYS }: Tile, D: number, elementBytes: number): number =>
  4 * elementBytes * (ROWS + KEYS) * ((D / 4) | 1) + 16 * ROWS * ((KEYS / 4) | 1) + ROWS * KEYS;

/** Tiles hold the elements as they are stored; packed f16 is widened. */
const bytesOf = ({ inputs }: Problem<AttentionAttrs>, caps: Capabilities): number =>
  inputs.q?.dtype === 'f16' && caps.f16 ? 2 : 4;

/** The tiles that this adapter's workgroup memory holds, largest first. */
export function tilesFor(problem: Problem<AttentionAttrs>, caps: Capabilities): readonly Tile[] {
  const { D } = dims(problem);
  const most = caps.limits.maxComputeWorkgroupStorageSize;
  return tiles.filter((tile) => tileBytes(tile, D, bytesOf(problem, caps)) <= most);
}

export function planWith(tile: Tile, problem: Problem<AttentionAttrs>, caps: Capabilities): Plan {
  const d = dims(problem);
  const G = d.H / d.Hkv;
  const TX = tile.KEYS / 4;
  const lengths = { D4: d.D / 4, TX, MICRO: tile.MICRO, COLUMNS: Math.ceil(d.D / 4 / TX) };
  return {
    passes: [
      {
        shader: { file: 'attention/tiled.wgsl', code, uses: [visibleShader(d)] },
        constants: { ...visibleConstants(d), D: d.D, ...tile, UNROLL: caps.adapterKind === 'hardware' },
        params: { ...visibleParams(d), ...u32s(lengths), G: u32(G), scale: scaleLog2(d) },
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
  plan: (problem, caps) => planWith(tilesFor(problem, caps)[0] ?? tiles[0]!, problem, caps),
};

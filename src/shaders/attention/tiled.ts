/** Tiles in workgroup memory: what GPUs want. The largest tiles that the adapter's workgroup memory holds. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32, u32s, type Variant } from '@/gpu/kernel';
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
const tileBytes = ({ ROWS, KEYS }: Tile, D: number, elementBytes: number) =>
  4 * elementBytes * (ROWS + KEYS) * ((D / 4) | 1) + 16 * ROWS * ((KEYS / 4) | 1) + ROWS * KEYS;

/** The tile for head size D, or nothing where even the smallest does not fit. */
export const tileFor = (D: number, elementBytes: number, { limits }: Capabilities): Tile | undefined =>
  tiles.find((tile) => tileBytes(tile, D, elementBytes) <= limits.maxComputeWorkgroupStorageSize);

export const tiled: Variant<AttentionAttrs> = {
  title: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
  unsupported(problem, caps) {
    const { D } = dims(problem);
    if (tileFor(D, bytesOf(problem.inputs.q?.dtype, caps), caps)) return undefined;
    const most = bytesText(caps.limits.maxComputeWorkgroupStorageSize);
    return {
      en: `head size ${D} needs more workgroup memory than this adapter has: ${most}`,
      zh: `头维度 ${D} 需要的工作组内存超过此适配器的上限 ${most}`,
    };
  },
  plan(problem, caps) {
    const d = dims(problem);
    const G = d.H / d.Hkv;
    const tile = tileFor(d.D, bytesOf(problem.inputs.q?.dtype, caps), caps) ?? tiles[0]!;
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
  },
};

/** Tiles hold the elements as they are stored; packed f16 is widened. */
const bytesOf = (dtype: string | undefined, caps: Capabilities) => (dtype === 'f16' && caps.f16 ? 2 : 4);

/** Few queries over many keys, as in decoding: keys split over workgroups or invocations, then merged. */
import {
  u32,
  type Binding,
  type Pass,
  type Plan,
  type Problem,
  type Shader,
  type Variant,
} from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import {
  dims,
  maskBinding,
  scaleLog2,
  seenShader,
  visibleConstants,
  visibleParams,
  visiblePairs,
  type AttentionAttrs,
  type Dims,
} from './dims';
import mergeCode from './split-merge.wgsl?raw';
import registerCode from './split-register.wgsl?raw';
import code from './split.wgsl?raw';

const MOST_QUERIES = 8;

function unsupported(problem: Problem<AttentionAttrs>): Text | undefined {
  const { S } = dims(problem);
  if (S <= MOST_QUERIES) return undefined;
  return {
    en: `${S} queries; at most ${MOST_QUERIES}`,
    zh: `有 ${S} 个查询；最多支持 ${MOST_QUERIES} 个`,
  };
}

interface Layout {
  readonly shader: Shader;
  readonly constants: Readonly<Record<string, number>>;
  /** Rows that share a read. */
  readonly RT: number;
  /** Shares of the keys are multiples of this. */
  readonly unit: number;
  /** Shares wanted in all. */
  readonly wanted: number;
  /** Shares in one workgroup. */
  readonly perGroup: number;
}

function planOf(d: Dims, { shader, constants, RT, unit, wanted, perGroup }: Layout): Plan {
  const rows = d.B * d.H * d.S;
  const planes = d.B * d.Hkv;
  const tiles = planes * Math.ceil((d.S * d.H) / d.Hkv / RT);
  const share = Math.max(1, Math.ceil(d.T / Math.ceil(wanted / tiles) / unit)) * unit;
  const splits = Math.ceil(d.T / share);
  const d4 = u32(d.D / 4);
  const scratch = (access: Binding['access']): readonly Binding[] => [
    { name: 'parts', access, vec: 4 },
    { name: 'sums', access, vec: 2 },
  ];
  const first: Pass = {
    shader: { ...shader, uses: [seenShader(d)] },
    constants: { ...visibleConstants(d), ...constants, RT },
    params: {
      ...visibleParams(d),
      G: u32(d.H / d.Hkv),
      planes: u32(planes),
      splits: u32(splits),
      share: u32(share),
      d4,
      scale: scaleLog2(d),
    },
    bindings: [
      { name: 'q', access: 'read', vec: 4 },
      { name: 'k', access: 'read', vec: 4 },
      { name: 'v', access: 'read', vec: 4 },
      ...maskBinding(d),
      ...scratch('read_write'),
    ],
    groups: Math.ceil((tiles * splits) / perGroup),
    flops: 4 * d.B * d.H * d.D * visiblePairs(d),
  };
  const merge: Pass = {
    shader: { file: 'attention/split-merge.wgsl', code: mergeCode },
    params: { splits: u32(splits), d4 },
    bindings: [
      ...scratch('read'),
      { name: 'o', access: 'read_write', vec: 4 },
      { name: 'lse', access: 'read_write' },
    ],
    groups: rows,
    flops: 2 * rows * splits * d.D,
  };
  return { scratch: { parts: 4 * rows * splits * d.D, sums: 8 * rows * splits }, passes: [first, merge] };
}

const rowsOf = (d: Dims): number => (d.S * d.H) / d.Hkv;
const powerOf2 = (most: number, rows: number): number => Math.min(most, 2 ** Math.ceil(Math.log2(rows)));

export const split: Variant<AttentionAttrs> = {
  title: { en: 'keys split, tiles in workgroup memory', zh: '拆分键，工作组内存分块' },
  unsupported,
  plan(problem, caps) {
    const d = dims(problem);
    const RT = powerOf2(d.D > 128 ? 4 : 8, rowsOf(d));
    // 16 KiB of workgroup memory in all, the least that WebGPU promises.
    const CHUNK = Math.min(256, 512 / RT);
    const wanted = caps.adapterKind === 'software' ? 16 : 1024;
    return planOf(d, {
      shader: { file: 'attention/split.wgsl', code },
      constants: { D: d.D, CHUNK },
      ...{ RT, unit: CHUNK, wanted, perGroup: 1 },
    });
  },
};

export const splitRegister: Variant<AttentionAttrs> = {
  title: { en: 'keys split, registers only', zh: '拆分键，仅用寄存器' },
  unsupported,
  plan(problem, caps) {
    const d = dims(problem);
    const SIZE = [16, 32, 64].find((size) => 4 * size >= d.D) ?? 64;
    const RT = powerOf2(Math.min(MOST_QUERIES, 64 / SIZE), rowsOf(d));
    const WG = 8;
    return planOf(d, {
      shader: { file: 'attention/split-register.wgsl', code: registerCode },
      constants: { WG, SIZE },
      ...{ RT, unit: 4, wanted: caps.adapterKind === 'software' ? 128 : 4096, perGroup: WG },
    });
  },
};

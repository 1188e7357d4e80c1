/** What the variants of the backward pass share: the row statistics, the bindings, the constants. */
import { f32, u32, type Binding, type Pass, type Shader } from '@/gpu/kernel';
import { maskBinding, scaleLog2, visibleParams, visibleShader, type Dims } from '../attention/dims';
import rowsCode from './rows.wgsl?raw';
import statsCode from './stats.wgsl?raw';

const rows: Shader = { file: 'attention-backward/rows.wgsl', code: rowsCode };

/** A file of this folder with what it uses. */
export const shader = (d: Dims, file: string, code: string, ...more: readonly Shader[]): Shader => ({
  file: `attention-backward/${file}`,
  code,
  uses: [visibleShader(d), rows, ...more],
});

export const params = (d: Dims) => ({
  ...visibleParams(d),
  G: u32(d.H / d.Hkv),
  scale: f32(Math.fround(d.scale)),
  scale2: scaleLog2(d),
  d4: u32(d.D / 4),
});

export const wide = (name: string): Binding => ({ name, access: 'read', vec: 4 });
export const gradient = (name: string): Binding => ({ name, access: 'read_write', vec: 4 });
/** `do` is a reserved word of WGSL. */
export const grad: Binding = { name: 'grad', access: 'read', vec: 4, buffer: 'do' };
export const stats: Binding = { name: 'stats', access: 'read', vec: 2 };

/** q, k, v, do, the row statistics and the mask: what both score passes read. */
export const operands = (d: Dims): readonly Binding[] => [
  wide('q'),
  wide('k'),
  wide('v'),
  grad,
  stats,
  ...maskBinding(d),
];

/** Bytes of `stats`: (lse·log₂e, delta) of every query row. */
export const statsBytes = (d: Dims): number => 8 * d.B * d.H * d.S;

export const statsPass = (d: Dims): Pass => ({
  shader: { file: 'attention-backward/stats.wgsl', code: statsCode, uses: [{ ...rows }] },
  params: { d4: u32(d.D / 4), rows: u32(d.B * d.H * d.S), G: u32(d.H / d.Hkv), S: u32(d.S) },
  bindings: [wide('o'), grad, { name: 'lse', access: 'read' }, { ...stats, access: 'read_write' }],
  groups: Math.ceil((d.B * d.H * d.S) / 64),
  flops: 2 * d.B * d.H * d.S * d.D,
});

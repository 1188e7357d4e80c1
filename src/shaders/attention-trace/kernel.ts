/** An instrumented FlashAttention-2 forward: what one row adds up on its walk. */
import { defineKernel, u32, type Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import {
  attentionAttrs,
  dims,
  maskBinding,
  scaleParam,
  visibleConstants,
  visiblePairs,
  visibleParams,
  visibleShader,
  type AttentionAttrs,
} from '../attention/dims';
import code from './flash.wgsl?raw';

export interface TraceAttrs extends AttentionAttrs {
  /** Rows of a query tile (one workgroup) and keys of a key tile. */
  readonly 'tile-q': number;
  readonly 'tile-k': number;
  /** The traced row, (b·H + h)·S + s. */
  readonly row: number;
}

/** Keys or values in workgroup memory at once: 16 KiB is what every adapter has. */
export const chunkOf = (D: number): number => Math.min(32, Math.floor(16384 / (4 * D)));

/** Workgroups: the query tiles of every head. */
export const groupsOf = ({ B, H, S }: { B: number; H: number; S: number }, tileQ: number): number =>
  B * H * Math.ceil(S / tileQ);

const tile: Attribute = { kind: 'number', default: 64, integer: true, min: 1, max: 128 };

export const kernel = defineKernel<TraceAttrs>({
  name: 'attention-trace',
  title: { en: 'Attention, traced', zh: '注意力（带记录）' },
  inputs: {
    q: { dtypes: ['f32', 'f16'], shape: '[B, H, S, D]' },
    k: { dtypes: ['f32', 'f16'], shape: '[B, Hkv, T, D]' },
    v: { dtypes: ['f32', 'f16'], shape: '[B, Hkv, T, D]' },
    mask: { dtypes: ['u8'], optional: true, shape: '[S, T]' },
  },
  outputs: {
    o: { shape: '[B, H, S, D]' },
    lse: { shape: '[B, H, S]' },
    trace: { shape: '[⌈T/tile-k⌉, 3 + D]: m, ℓ, visited, O' },
  },
  attrs: {
    ...attentionAttrs,
    'tile-q': tile,
    'tile-k': tile,
    row: { kind: 'number', default: 0, integer: true, min: 0 },
  },
  infer(inputs, attrs) {
    const d = dims({ inputs, attrs });
    const { B, H, S, T, D } = d;
    for (const name of ['tile-q', 'tile-k'] as const) {
      const got = attrs[name];
      if (!Number.isInteger(got) || got < 1 || got > 128)
        throw new LabError('attr.value', { name, got, allowed: 'a whole number from 1 to 128' });
    }
    if (!Number.isInteger(attrs.row) || attrs.row < 0 || attrs.row >= B * H * S)
      throw new LabError('attr.value', { name: 'row', got: attrs.row, allowed: `0 to ${B * H * S - 1}` });
    return {
      o: { dtype: inputs.q!.dtype, shape: [B, H, S, D] },
      lse: { dtype: 'f32', shape: [B, H, S] },
      trace: { dtype: 'f32', shape: [Math.ceil(T / attrs['tile-k']), 3 + D] },
    };
  },
  /** Its outputs have no rows in common. */
  rows: () => 1,
  work(problem) {
    const d = dims(problem);
    const tensors = [...Object.values(problem.inputs), ...Object.values(problem.outputs)];
    return {
      flops: 4 * d.B * d.H * d.D * visiblePairs(d),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: {
    flash: {
      title: { en: 'one row an invocation, keys staged', zh: '每个线程一行，键值分段暂存' },
      plan(problem) {
        const d = dims(problem);
        const { 'tile-q': tileQ, 'tile-k': tileK, row } = problem.attrs;
        return {
          passes: [
            {
              shader: { file: 'attention-trace/flash.wgsl', code, uses: [visibleShader(d)] },
              constants: {
                ...visibleConstants(d),
                D: d.D,
                D4: d.D / 4,
                TILE_Q: tileQ,
                CHUNK: chunkOf(d.D),
              },
              params: {
                ...visibleParams(d),
                // A page that wants one row's walk runs that row's workgroup alone.
                first: u32(0),
                D4: u32(d.D / 4),
                tile_k: u32(tileK),
                G: u32(d.H / d.Hkv),
                row: u32(row),
                scale: scaleParam(d),
              },
              bindings: [
                { name: 'q', access: 'read', vec: 4 },
                { name: 'k', access: 'read', vec: 4 },
                { name: 'v', access: 'read', vec: 4 },
                ...maskBinding(d),
                { name: 'o', access: 'read_write', vec: 4 },
                { name: 'lse', access: 'read_write' },
                { name: 'trace', access: 'read_write' },
              ],
              groups: groupsOf(d, tileQ),
              flops: 4 * d.B * d.H * d.D * visiblePairs(d),
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'flash',
});

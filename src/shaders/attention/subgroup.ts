/** A subgroup for four rows: lanes are keys while scoring and columns while summing. */
import { u32, type Variant } from '@/gpu/kernel';
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
import code from './subgroup.wgsl?raw';

/** Rows of a subgroup as in subgroup.wgsl, and how many such portions a workgroup hands out. */
const ROWS = 4;
const CHUNKS = 8;

export const subgroup: Variant<AttentionAttrs> = {
  title: { en: 'subgroups', zh: '子组（subgroup）' },
  plan(problem, caps) {
    const d = dims(problem);
    const G = d.H / d.Hkv;
    const { min, max } = caps.subgroups || { min: 4, max: 128 };
    const COLUMNS = Math.ceil(d.D / 4 / min);
    return {
      passes: [
        {
          shader: { file: 'attention/subgroup.wgsl', code, uses: [visibleShader(d)] },
          // A multiple of every size there may be, so that no subgroup is only partly filled.
          constants: {
            ...visibleConstants(d),
            D: d.D,
            UNROLL: caps.adapterKind === 'hardware',
            WG: Math.max(32, max),
            CHUNKS,
            COLUMNS,
          },
          params: {
            ...visibleParams(d),
            D4: u32(d.D / 4),
            COLUMNS: u32(COLUMNS),
            G: u32(G),
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
          groups: d.B * d.Hkv * Math.ceil((d.S * G) / (ROWS * CHUNKS)),
          flops: 4 * d.B * d.H * d.D * visiblePairs(d),
          subgroups: true,
        },
      ],
    };
  },
};

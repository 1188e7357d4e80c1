/** In registers, for adapters that run on a CPU: barriers and workgroup memory are slow there. */
import { u32, type Variant } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
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
import quadCode from './quad.wgsl?raw';
import registerCode from './register.wgsl?raw';

/** Rows of an invocation, as in both WGSL files. */
const ROWS = 8;

const variant = (file: string, code: string, title: Text, subgroups: boolean): Variant<AttentionAttrs> => ({
  title,
  plan(problem, caps) {
    const d = dims(problem);
    const G = d.H / d.Hkv;
    // Sizes share pipelines: arrays have room for the next of three, loops run to the size that is.
    const SIZE = [16, 32, 64].find((size) => 4 * size >= d.D) ?? 64;
    const WG = caps.adapterKind === 'hardware' ? 32 : 8;
    return {
      passes: [
        {
          shader: { file, code, uses: [seenShader(d)] },
          constants: { ...visibleConstants(d), SIZE, WG },
          params: { ...visibleParams(d), D4: u32(d.D / 4), G: u32(G), scale: scaleLog2(d) },
          bindings: [
            { name: 'q', access: 'read', vec: 4 },
            { name: 'k', access: 'read', vec: 4 },
            { name: 'v', access: 'read', vec: 4 },
            ...maskBinding(d),
            { name: 'o', access: 'read_write', vec: 4 },
            { name: 'lse', access: 'read_write' },
          ],
          groups: d.B * d.Hkv * Math.ceil((d.S * G) / (WG * ROWS)),
          flops: 4 * d.B * d.H * d.D * visiblePairs(d),
          subgroups,
        },
      ],
    };
  },
});

export const register = variant(
  'attention/register.wgsl',
  registerCode,
  { en: 'registers only', zh: '仅用寄存器' },
  false,
);

/** With loads shared by the four lanes of a quad. */
export const quad = variant(
  'attention/quad.wgsl',
  quadCode,
  { en: 'registers, loads shared by quads', zh: '寄存器，四通道组（quad）共享加载' },
  true,
);

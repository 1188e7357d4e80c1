/** Registers alone, for adapters that run on a CPU: barriers and workgroup memory are slow there. */
import type { Variant } from '@/gpu/kernel';
import { dims, visibleConstants, visiblePairs, type AttentionAttrs } from '../attention/dims';
import keysCode from './register-keys.wgsl?raw';
import queriesCode from './register-queries.wgsl?raw';
import seenCode from '../lib/attention-seen.wgsl?raw';
import { gradient, operands, params, shader, statsBytes, statsPass } from './shared';

const seen = { file: 'lib/attention-seen.wgsl', code: seenCode };

export const register: Variant<AttentionAttrs> = {
  title: { en: 'registers only', zh: '仅用寄存器' },
  plan(problem, caps) {
    const d = dims(problem);
    const WG = caps.adapterKind === 'hardware' ? 32 : 8;
    // Columns in vec4 that the arrays have room for.
    const SIZE = [16, 32, 64].find((size) => 4 * size >= d.D) ?? 64;
    const ROWS = 64 / SIZE;
    const pairs = d.B * d.H * d.D * visiblePairs(d);
    return {
      scratch: { stats: statsBytes(d) },
      passes: [
        statsPass(d),
        {
          shader: shader(d, 'register-queries.wgsl', queriesCode, seen),
          constants: { ...visibleConstants(d), WG, SIZE, ROWS },
          params: params(d),
          bindings: [...operands(d), gradient('dq')],
          groups: d.B * d.Hkv * Math.ceil(((d.H / d.Hkv) * d.S) / (ROWS * WG)),
          flops: 6 * pairs,
        },
        {
          shader: shader(d, 'register-keys.wgsl', keysCode, seen),
          constants: { ...visibleConstants(d), WG, SIZE, ROWS },
          params: params(d),
          bindings: [...operands(d), gradient('dk'), gradient('dv')],
          groups: d.B * d.Hkv * Math.ceil(d.T / (ROWS * WG)),
          flops: 8 * pairs,
        },
      ],
    };
  },
};

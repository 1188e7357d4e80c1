/** Registers alone, for adapters that run on a CPU: barriers and workgroup memory are slow there. */
import type { Variant } from '@/gpu/kernel';
import { dims, type AttentionAttrs } from '../attention/dims';
import code from './register.wgsl?raw';
import { statsBytes, statsPass } from './shared';
import { passesOf } from './sides';

export const register: Variant<AttentionAttrs> = {
  title: { en: 'registers only', zh: '仅用寄存器' },
  plan(problem, caps) {
    const d = dims(problem);
    const WG = caps.adapterKind === 'hardware' ? 32 : 8;
    // Columns in vec4 that the arrays have room for.
    const SIZE = [16, 32, 64].find((size) => 4 * size >= d.D) ?? 64;
    const ROWS = 64 / SIZE;
    const sides = { file: 'register.wgsl', code, constants: { WG, SIZE, ROWS }, rows: WG * ROWS };
    return { scratch: { stats: statsBytes(d) }, passes: [statsPass(d), ...passesOf(d, sides)] };
  },
};

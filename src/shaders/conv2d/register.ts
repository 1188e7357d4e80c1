/** In registers, for adapters that run on a CPU: barriers and workgroup memory are slow there. */
import type { Variant } from '@/gpu/kernel';
import { dims, type Conv2dAttrs } from './dims';
import { planGather } from './gather';

export const registerTitles = {
  register: { en: 'registers only', zh: '仅用寄存器' },
  quad: { en: 'registers, loads shared by quads', zh: '寄存器，四通道组（quad）共享加载' },
} as const;

const variant = (name: keyof typeof registerTitles): Variant<Conv2dAttrs> => ({
  title: registerTitles[name],
  plan({ inputs, attrs }, caps) {
    const { hasBias, activation, ...d } = dims(inputs, attrs);
    const gather = { dims: d, transposed: false, source: 'x', result: 'y', hasBias, activation };
    return planGather(gather, caps, name === 'quad');
  },
});

export const register = variant('register');
export const quad = variant('quad');

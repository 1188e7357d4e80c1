/** The product in registers, for adapters that run on a CPU, where barriers are slow; and by tiles, for GPUs. */
import type { Variant } from '@/gpu/kernel';
import { dims, type Conv2dAttrs } from './dims';
import type { Text } from '@/lib/text';
import { isAligned, planGather, type Gather, type Walker } from './gather';

export const registerTitles = {
  register: { en: 'registers only', zh: '仅用寄存器' },
  quad: { en: 'registers, loads shared by quads', zh: '寄存器，四通道组（quad）共享加载' },
  tiled: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
} as const satisfies Record<Walker, Text>;

/** Why a walker cannot do this gather, or nothing. */
export const cannotWalk = (gather: Pick<Gather, 'dims' | 'transposed'>, walker: Walker): Text | undefined =>
  walker !== 'tiled' || isAligned(gather)
    ? undefined
    : {
        en: 'the channels that a group sees have to be a multiple of four',
        zh: '每组输入通道数须为 4 的倍数',
      };

const variant = (name: Walker): Variant<Conv2dAttrs> => ({
  title: registerTitles[name],
  unsupported: ({ inputs, attrs }) => cannotWalk({ dims: dims(inputs, attrs), transposed: false }, name),
  plan({ inputs, attrs }, caps) {
    const { hasBias, hasResidual, activation, ...d } = dims(inputs, attrs);
    const epilogue = { hasBias, hasResidual, activation };
    const gather = { dims: d, transposed: false, source: 'x', result: 'y', ...epilogue };
    return planGather(gather, caps, name);
  },
});

export const register = variant('register');
export const quad = variant('quad');
export const tiled = variant('tiled');

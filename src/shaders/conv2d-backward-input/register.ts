/** The forward pass turned round, phase by phase of the stride: in registers and by tiles. */
import type { Variant } from '@/gpu/kernel';
import { planGather, type Walker } from '@/shaders/conv2d/gather';
import { cannotWalk, registerTitles } from '@/shaders/conv2d/register';
import { dims, type BackwardInputAttrs } from './dims';

const variant = (name: Walker): Variant<BackwardInputAttrs> => ({
  title: registerTitles[name],
  unsupported: ({ inputs, attrs }) => cannotWalk({ dims: dims(inputs, attrs), transposed: true }, name),
  plan({ inputs, attrs }, caps) {
    const epilogue = { hasBias: false, hasResidual: false, activation: 0 };
    const own = { dims: dims(inputs, attrs), transposed: true, ...epilogue };
    return planGather({ ...own, source: 'dy', result: 'dx' }, caps, name);
  },
});

export const register = variant('register');
export const quad = variant('quad');
export const tiled = variant('tiled');

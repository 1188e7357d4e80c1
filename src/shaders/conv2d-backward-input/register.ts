/** In registers, for adapters that run on a CPU: the forward pass turned round, phase by phase of the stride. */
import type { Variant } from '@/gpu/kernel';
import { planGather } from '@/shaders/conv2d/gather';
import { registerTitles } from '@/shaders/conv2d/register';
import { dims, type BackwardInputAttrs } from './dims';

const variant = (name: keyof typeof registerTitles): Variant<BackwardInputAttrs> => ({
  title: registerTitles[name],
  plan({ inputs, attrs }, caps) {
    const own = { dims: dims(inputs, attrs), transposed: true, hasBias: false, activation: 0 };
    return planGather({ ...own, source: 'dy', result: 'dx' }, caps, name === 'quad');
  },
});

export const register = variant('register');
export const quad = variant('quad');

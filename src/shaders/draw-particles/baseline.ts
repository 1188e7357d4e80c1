/** The picture on one CPU core, the bits of each pixel as a signed integer: the reference’s walk, drawn once, raced by nobody. */
import type { Baseline } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import type { DrawParticlesAttrs } from './paint';
import { reference } from './reference';

export const baseline: Baseline<DrawParticlesAttrs> = ({ x, under }, attrs, [start, end]) => {
  const lines = Array.from({ length: end - start }, (_, i) => start + i);
  const inputs = {
    x: tensor('f32', x!.shape, x!.data),
    ...(under ? { under: tensor('u32', under.shape, under.data) } : {}),
  };
  return { pixels: Int32Array.from(reference(inputs, attrs, lines).pixels!) };
};

/** The image on one CPU core, the bits of each pixel as a signed integer: the reference’s walk, drawn once, raced by nobody. */
import type { Baseline } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import type { HeatmapAttrs } from './paint';
import { reference } from './reference';

export const baseline: Baseline<HeatmapAttrs> = ({ x }, attrs, [start, end]) => {
  const lines = Array.from({ length: end - start }, (_, i) => start + i);
  return {
    pixels: Int32Array.from(reference({ x: tensor('f32', x!.shape, x!.data) }, attrs, lines).pixels!),
  };
};

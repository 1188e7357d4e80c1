/** The image on one CPU core, the bits of each pixel as a signed integer: the reference’s walk, drawn once, raced by nobody. */
import type { Baseline } from '@/gpu/kernel';
import type { HostTensor } from '@/lib/tensor';
import type { DrawAttrs } from './paint';
import { reference } from './reference';

export const baseline: Baseline<DrawAttrs> = (inputs, attrs, [start, end]) => {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]): [string, HostTensor] => [
      name,
      data instanceof Float32Array
        ? { dtype: 'f32', shape, data: Float32Array.from(data) }
        : { dtype: 'i32', shape, data: Int32Array.from(data) },
    ]),
  );
  const rows = Array.from({ length: end - start }, (_, i) => start + i);
  return { pixels: Int32Array.from(reference(tensors, attrs, rows).pixels!) };
};

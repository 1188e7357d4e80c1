/** Dropout on one CPU core: one block of random bits for four elements. */
import type { Baseline } from '@/gpu/kernel';
import { philox, type Block } from '@/lib/random';
import { sizeOf } from '@/lib/tensor';
import { thresholdOf, type DropoutAttrs } from './kernel';

export const baseline: Baseline<DropoutAttrs> = (inputs, { p, seed, stream }, [start, end]) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = inputs.x!.data;
  const y = new Float32Array((end - start) * width);
  const threshold = thresholdOf(p);
  const scale = 1 / (1 - p);
  let block: Block = [0, 0, 0, 0];
  let number = -1;
  for (let i = start * width; i < end * width; i++) {
    if (i >> 2 !== number) {
      number = i >> 2;
      block = philox([number, 0, 0, 0], [seed, stream]);
    }
    if (block[i & 3]! >= threshold) y[i - start * width] = x[i]! * scale;
  }
  return { y };
};

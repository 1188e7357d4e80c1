/** Casts on one CPU core: halves are widened before, so one way is rounding and the other a copy. */
import type { Baseline } from '@/gpu/kernel';
import { decodeHalf, encodeHalf } from '@/lib/half';
import { sizeOf } from '@/lib/tensor';
import type { CastAttrs } from './kernel';

export const baseline: Baseline<CastAttrs> = (inputs, { to }, [start, end]) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = inputs.x!.data.subarray(start * width, end * width);
  return { y: to === 'f16' ? decodeHalf(encodeHalf(x)) : Float32Array.from(x) };
};

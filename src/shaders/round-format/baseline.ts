/** Rounding on one CPU core, by bits: add half a step less one, and the last bit kept, then cut. */
import type { Baseline } from '@/gpu/kernel';
import { decodeHalf, encodeHalf } from '@/lib/half';
import { sizeOf } from '@/lib/tensor';
import type { RoundAttrs } from './kernel';

export const baseline: Baseline<RoundAttrs> = (inputs, { format, flush }, [start, end]) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const given = inputs.x!.data.subarray(start * width, end * width);
  const x = format === 'fp16' ? decodeHalf(encodeHalf(given)) : Float32Array.from(given);
  if (format === 'bf16') {
    const bits = new Uint32Array(x.buffer);
    for (let i = 0; i < bits.length; i++) {
      const b = bits[i]!;
      if ((b & 0x7fffffff) <= 0x7f800000) bits[i] = (b + 0x7fff + ((b >>> 16) & 1)) & 0xffff0000;
    }
  }
  const least = format === 'fp16' ? 2 ** -14 : 2 ** -126;
  if (flush) for (let i = 0; i < x.length; i++) if (Math.abs(x[i]!) < least) x[i] = 0;
  return { x };
};

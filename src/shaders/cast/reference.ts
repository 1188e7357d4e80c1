/** The number itself, or the binary16 nearest to it, by the host's codec. */
import type { Reference } from '@/gpu/kernel';
import { fromHalf, toHalf } from '@/lib/half';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import type { CastAttrs } from './kernel';

export const reference: Reference<CastAttrs> = (inputs, { to }, rows) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * width);
  rows.forEach((row, r) => y.set(x.subarray(row * width, (row + 1) * width), r * width));
  return { y: to === 'f16' ? y.map((v) => fromHalf(toHalf(v))) : y };
};

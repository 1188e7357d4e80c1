/** Channel shuffle by its definition; nothing is rounded. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, type ChannelShuffleAttrs } from './kernel';

export const reference: Reference<ChannelShuffleAttrs> = (inputs, { groups }, rows) => {
  const { C, share } = dims(inputs, groups);
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * C);
  rows.forEach((row, r) => {
    for (let g = 0; g < groups; g++)
      for (let j = 0; j < share; j++) y[r * C + j * groups + g] = x[row * C + g * share + j]!;
  });
  return { y };
};

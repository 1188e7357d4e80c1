/** Channel shuffle on one CPU core: written in order, read group by group. */
import type { Baseline } from '@/gpu/kernel';
import type { ChannelShuffleAttrs } from './kernel';

export const baseline: Baseline<ChannelShuffleAttrs> = (inputs, { groups }, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const C = shape.at(-1) ?? 1;
  const share = C / groups;
  const y = new Float32Array((end - start) * C);
  let to = 0;
  for (let row = start * C; row < end * C; row += C)
    for (let j = row; j < row + share; j++) for (let at = j; at < row + C; at += share) y[to++] = x[at]!;
  return { y };
};

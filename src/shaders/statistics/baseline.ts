/** Counted one by one on one CPU core. */
import type { Baseline, NoAttrs } from '@/gpu/kernel';
import { countInto } from './counts';

export const baseline: Baseline<NoAttrs> = (inputs) => {
  const counts = Int32Array.from(inputs.counts!.data);
  countInto(counts, inputs.x!.data);
  return { counts };
};

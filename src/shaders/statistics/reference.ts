/** Counted one by one. */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { countInto } from './counts';

export const reference: Reference<NoAttrs> = (inputs) => {
  const counts = toFloat64(inputs.counts!);
  countInto(counts, toFloat64(inputs.x!));
  return { counts };
};

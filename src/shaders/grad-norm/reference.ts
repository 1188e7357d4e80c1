/** Σ (x/S)² and the number of x that are not finite, in float64, added to the block. */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { control } from '@/shaders/lib/control';

export const reference: Reference<NoAttrs> = (inputs) => {
  const block = toFloat64(inputs.control!);
  const scale = block[control.SCALE]!;
  for (const value of toFloat64(inputs.x!)) {
    if (Number.isFinite(value)) block[control.SQUARES]! += (value / scale) ** 2;
    else block[control.NOT_FINITE]! += 1;
  }
  return { control: block };
};

/** Σ (x/S)² and the number of x that are not finite, on one CPU core. */
import type { Baseline, NoAttrs } from '@/gpu/kernel';
import { control } from '@/shaders/lib/control';

export const baseline: Baseline<NoAttrs> = (inputs) => {
  const block = Float32Array.from(inputs.control!.data);
  const x = inputs.x!.data;
  let squares = 0;
  let wrong = 0;
  for (let i = 0; i < x.length; i++) {
    // Of what is not finite, not even the difference with itself is 0.
    if (x[i]! - x[i]! === 0) squares += x[i]! * x[i]!;
    else wrong++;
  }
  block[control.SQUARES]! += squares / block[control.SCALE]! ** 2;
  block[control.NOT_FINITE]! += wrong;
  return { control: block };
};

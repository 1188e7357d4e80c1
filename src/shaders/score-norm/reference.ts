/** The mean of ‖∇ log p(x)‖ in float64, from the covariances. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { posterior, type LevelAttrs } from '@/shaders/lib/mixture';

export const reference: Reference<LevelAttrs> = (inputs, { s, std }) => {
  const x = toFloat64(inputs.x!);
  const components = toFloat64(inputs.components!);
  let sum = 0;
  for (let i = 0; i < x.length; i += 2)
    sum += Math.hypot(...posterior(components, s, std, x[i]!, x[i + 1]!).score);
  return { control: Float64Array.of((2 * sum) / x.length, 0, 0, 0) };
};

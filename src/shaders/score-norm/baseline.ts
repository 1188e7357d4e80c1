/** The mean of ‖∇ log p(x)‖ on one CPU core. */
import type { Baseline } from '@/gpu/kernel';
import { COMPONENT, type LevelAttrs } from '@/shaders/lib/mixture';
import { prepared, weigh } from '@/shaders/lib/mixtureOnCpu';

export const baseline: Baseline<LevelAttrs> = (inputs, { s, std }) => {
  const x = inputs.x!.data;
  const components = inputs.components!.data;
  const level = prepared(components, s, std, true);
  const logs = new Float64Array(components.length / COMPONENT);
  const score = new Float64Array(3);
  let sum = 0;
  for (let i = 0; i < x.length; i += 2) {
    weigh(level, logs, x[i]!, x[i + 1]!, score);
    sum += Math.sqrt(score[0]! * score[0]! + score[1]! * score[1]!);
  }
  return { control: Float32Array.of((2 * sum) / x.length, 0, 0, 0) };
};

/** Sixteen numbers: the definition, rounded, is the fastest there is. */
import type { Baseline } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import { CONTROL_SIZE } from '@/shaders/lib/control';
import type { LossScaleAttrs } from './kernel';
import { reference } from './reference';

export const baseline: Baseline<LossScaleAttrs> = (inputs, attrs) => {
  const block = tensor('f32', [CONTROL_SIZE], inputs.control!.data);
  return { control: Float32Array.from(reference({ control: block }, attrs, [0]).control!) };
};

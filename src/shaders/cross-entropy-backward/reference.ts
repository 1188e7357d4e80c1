/** (softmax − onehot)·scale/divisor in float64, from the lse that was given. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims } from '@/shaders/cross-entropy/dims';
import type { CrossEntropyBackwardAttrs } from './kernel';

export const reference: Reference<CrossEntropyBackwardAttrs> = (inputs, { divisor }, rows) => {
  const { classes, rows: all } = dims(inputs);
  const x = toFloat64(inputs.logits!);
  const lse = toFloat64(inputs.lse!);
  const targets = inputs.targets!.data;
  const factor = toFloat64(inputs.scale!)[0]! / (divisor ?? all);
  const dlogits = new Float64Array(rows.length * classes);
  rows.forEach((row, r) => {
    const target = targets[row]!;
    if (target < 0 || target >= classes) return;
    for (let c = 0; c < classes; c++) {
      const p = Math.exp(x[row * classes + c]! - lse[row]!);
      dlogits[r * classes + c] = (p - (c === target ? 1 : 0)) * factor;
    }
  });
  return { dlogits };
};

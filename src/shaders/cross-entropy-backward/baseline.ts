/** (softmax − onehot)·scale/divisor on one CPU core in float32. */
import type { Baseline } from '@/gpu/kernel';
import type { CrossEntropyBackwardAttrs } from './kernel';

export const baseline: Baseline<CrossEntropyBackwardAttrs> = (inputs, { divisor }, [start, end]) => {
  const x = inputs.logits!.data;
  const lse = inputs.lse!.data;
  const targets = inputs.targets!.data;
  const classes = inputs.logits!.shape.at(-1) ?? 1;
  const factor = inputs.scale!.data[0]! / (divisor ?? lse.length);
  const dlogits = new Float32Array((end - start) * classes);
  for (let row = start; row < end; row++) {
    const target = targets[row]!;
    if (target < 0 || target >= classes) continue;
    const at = row * classes;
    const to = (row - start) * classes;
    for (let c = 0; c < classes; c++) dlogits[to + c] = Math.exp(x[at + c]! - lse[row]!) * factor;
    dlogits[to + target]! -= factor;
  }
  return { dlogits };
};

/** Cross-entropy by its definition in float64, the row's maximum taken out first. */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims } from './dims';

export const reference: Reference<NoAttrs> = (inputs, _attrs, rows) => {
  const { classes } = dims(inputs);
  const x = toFloat64(inputs.logits!);
  const targets = inputs.targets!.data;
  const loss = new Float64Array(rows.length);
  const lse = new Float64Array(rows.length);
  const hit = new Float64Array(rows.length);
  rows.forEach((row, r) => {
    const logits = x.subarray(row * classes, (row + 1) * classes);
    const m = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const logarithm = Math.log(logits.reduce((sum, v) => sum + Math.exp(v - m), 0));
    lse[r] = m + logarithm;
    const own = logits[targets[row]!];
    if (own === undefined) return;
    loss[r] = m - own + logarithm;
    hit[r] = own === m ? 1 : 0;
  });
  return { loss, lse, hit };
};

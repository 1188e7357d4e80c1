/** Reductions on one CPU core: results side by side are taken together, so that x is read in its order. */
import type { Baseline } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { offsetsOf } from './offsets';
import { reduced, type ReduceAttrs } from './stages';

export const baseline: Baseline<ReduceAttrs> = (inputs, attrs, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const { op } = attrs;
  const found = reduced({ x: { dtype: 'f32', shape } }, attrs);
  const width = sizeOf(found.shape.slice(1));
  const starts = offsetsOf(found, false).subarray(start * width, end * width);
  const inside = offsetsOf(found, true);
  const y = new Float32Array(starts.length).fill(op === 'max' ? -Infinity : op === 'min' ? Infinity : 0);
  // Results that lie one after the other in x, as columns do, share a walk.
  let run = 1;
  while (run < starts.length && starts[run] === starts[0]! + run) run++;
  for (let from = 0; from < y.length; from += run) {
    for (const offset of inside) {
      for (let i = from; i < Math.min(y.length, from + run); i++) {
        const value = x[starts[i]! + offset]!;
        if (op === 'max') y[i] = value > y[i]! ? value : y[i]!;
        else if (op === 'min') y[i] = value < y[i]! ? value : y[i]!;
        else y[i]! += op === 'norm2' ? value * value : value;
      }
    }
  }
  if (op === 'mean') for (let i = 0; i < y.length; i++) y[i]! /= found.n;
  if (op === 'norm2') for (let i = 0; i < y.length; i++) y[i] = Math.sqrt(y[i]!);
  return { y };
};

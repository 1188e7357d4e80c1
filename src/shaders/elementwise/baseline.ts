/** Elementwise functions on one CPU core: one loop where the operands lie as y does, else strides. */
import type { Baseline } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { broadcastShape, walkOf } from './broadcast';
import { binary, unary, type Binary, type Unary } from './functions';
import type { ElementwiseAttrs } from './kernel';
import { placesOf } from './reference';

export const baseline: Baseline<ElementwiseAttrs> = (inputs, { op, alpha }, [start, end]) => {
  const a = inputs.a!;
  const { b } = inputs;
  const shape = b ? broadcastShape(a.shape, b.shape) : a.shape;
  const width = sizeOf(shape.slice(1));
  const from = start * width;
  const y = new Float32Array((end - start) * width);
  if (!b) {
    const { f } = unary[op as Unary];
    for (let i = 0; i < y.length; i++) y[i] = f(a.data[from + i]!, alpha);
    return { y };
  }
  const f = binary[op as Binary];
  const walk = walkOf(a.shape, b.shape);
  if (walk.sizes.length <= 1 && !walk.a.includes(0) && !walk.b.includes(0)) {
    for (let i = 0; i < y.length; i++) y[i] = f(a.data[from + i]!, b.data[from + i]!, alpha);
    return { y };
  }
  for (let i = 0; i < y.length; i++) {
    const [at, bt] = placesOf(from + i, walk.sizes, walk.a, walk.b);
    y[i] = f(a.data[at]!, b.data[bt]!, alpha);
  }
  return { y };
};

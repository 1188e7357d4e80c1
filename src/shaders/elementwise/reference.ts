/** Elementwise functions by their definitions in float64; a row is one slab of y's first axis. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { broadcastShape, walkOf, type Shape } from './broadcast';
import { binary, unary, type Binary, type Unary } from './functions';
import { operands, type ElementwiseAttrs } from './kernel';

export const reference: Reference<ElementwiseAttrs> = (inputs, attrs, rows) => {
  const { op, alpha } = attrs;
  const specs = operands(inputs, op);
  const a = toFloat64(inputs.a!);
  const shape = specs.b ? broadcastShape(specs.a.shape, specs.b.shape) : specs.a.shape;
  const width = sizeOf(shape.slice(1));
  const y = new Float64Array(rows.length * width);
  if (!specs.b) {
    const { f } = unary[op as Unary];
    rows.forEach((row, r) => {
      for (let i = 0; i < width; i++) y[r * width + i] = f(a[row * width + i]!, alpha);
    });
    return { y };
  }
  const b = toFloat64(inputs.b!);
  const f = binary[op as Binary];
  const walk = walkOf(specs.a.shape, specs.b.shape);
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) {
      const [at, bt] = placesOf(row * width + i, walk.sizes, walk.a, walk.b);
      y[r * width + i] = f(a[at]!, b[bt]!, alpha);
    }
  });
  return { y };
};

/** Where element `i` of y comes from. */
export function placesOf(i: number, sizes: Shape, strideA: Shape, strideB: Shape): [a: number, b: number] {
  let [at, bt] = [0, 0];
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const digit = i % sizes[axis]!;
    i = Math.floor(i / sizes[axis]!);
    at += digit * strideA[axis]!;
    bt += digit * strideB[axis]!;
  }
  return [at, bt];
}

/** NumPy's broadcasting of two shapes, and the fewest axes along which both operands can be walked. */
import { shapeText, wrongShape } from '@/shaders/lib/flat';

export type Shape = readonly number[];

/** The shape of a ∘ b: aligned at the end, equal or 1 on every axis. */
export function broadcastShape(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw wrongShape(
        'b',
        b,
        `what broadcasts with a ${shapeText(a)}: aligned at the end, equal sizes or 1`,
      );
    }
    return Math.max(m, n);
  });
}

export interface Walk {
  readonly sizes: Shape;
  /** Elements that each operand moves for one step along each axis; 0 where it repeats. */
  readonly a: Shape;
  readonly b: Shape;
}

/** Axes along which both operands go on without a jump are joined. */
export function walkOf(a: Shape, b: Shape): Walk {
  const shape = broadcastShape(a, b);
  const strides = (own: Shape): number[] => {
    let stride = 1;
    return shape
      .map((_, axis) => own[axis - shape.length + own.length] ?? 1)
      .reduceRight<number[]>((found, size) => {
        found.unshift(size === 1 ? 0 : stride);
        stride *= size;
        return found;
      }, []);
  };
  const [strideA, strideB] = [strides(a), strides(b)];
  const joined: { n: number; a: number; b: number }[] = [];
  shape.forEach((n, axis) => {
    if (n === 1) return;
    const next = { n, a: strideA[axis]!, b: strideB[axis]! };
    const last = joined.at(-1);
    if (last?.a === next.a * n && last.b === next.b * n) joined.splice(-1, 1, { ...next, n: last.n * n });
    else joined.push(next);
  });
  return {
    sizes: joined.map(({ n }) => n),
    a: joined.map((axis) => axis.a),
    b: joined.map((axis) => axis.b),
  };
}

/** Whether a lies as a ∘ b does, and b as a last part of it that four elements at a time run through. */
export function isFlat(a: Shape, b: Shape): boolean {
  const walk = walkOf(a, b);
  if (walk.a.includes(0) || walk.sizes.length > 2) return false;
  const repeats = walk.b.findIndex((stride) => stride === 0);
  return repeats < 0 || (repeats === 0 && walk.sizes.length === 2 && walk.sizes[1]! % 4 === 0);
}

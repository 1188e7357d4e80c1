/** A permutation of up to five axes, and how y is walked in x. */
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import { given, wrongShape } from '@/shaders/lib/flat';

export interface TransposeAttrs {
  /** Axis of x that each axis of y is, negative from the end; null: all in reverse. */
  readonly perm: number | readonly number[] | null;
}

export interface Dims {
  readonly x: TensorSpec;
  readonly shape: readonly number[];
  /** What a step along each axis of y moves in x. */
  readonly strides: readonly number[];
}

export function dims(inputs: Specs, { perm }: TransposeAttrs): Dims {
  const x = given(inputs, 'x');
  const rank = x.shape.length;
  if (rank > 5) throw wrongShape('x', x.shape, { en: 'at most five axes', zh: '最多五个轴' });
  const asked =
    perm === null ? x.shape.map((_, axis) => rank - 1 - axis) : typeof perm === 'number' ? [perm] : perm;
  const axes = asked.map((axis) => (axis < 0 ? axis + rank : axis));
  if (axes.length !== rank || [...axes].sort((a, b) => a - b).some((axis, i) => axis !== i)) {
    const allowed = {
      en: `each of the ${rank} axes of x [${x.shape.join(', ')}] once`,
      zh: `x [${x.shape.join(', ')}] 的 ${rank} 个轴各出现一次`,
    };
    throw new LabError('attr.value', { name: 'perm', got: `[${asked.join(', ')}]`, allowed });
  }
  const strides = x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  return { x, shape: axes.map((axis) => x.shape[axis]!), strides: axes.map((axis) => strides[axis]!) };
}

/** Elements of x in the order of y, from element `from` to `to` of y. */
export function* places({ shape, strides }: Dims, from: number, to: number): Generator<number> {
  for (let i = from; i < to; i++) {
    let at = 0;
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    yield at;
  }
}

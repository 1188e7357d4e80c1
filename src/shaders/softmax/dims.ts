/** softmax sees x as [outer, n, inner], n being the axis that is summed over. */
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';

export interface SoftmaxAttrs {
  /** Counted from the end where negative. */
  readonly axis: number;
}

export interface Dims {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

export function dims(problem: { readonly inputs: Specs; readonly attrs: SoftmaxAttrs }): Dims {
  const x = (problem.inputs as Readonly<Record<string, TensorSpec | undefined>>).x;
  const shape = x?.shape ?? [];
  if (shape.length === 0 || shape.includes(0))
    throw new LabError('input.shape', {
      name: 'x',
      got: shape.join(', '),
      allowed: 'at least one axis, no size 0',
    });
  const { axis } = problem.attrs;
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new LabError('attr.value', {
      name: 'axis',
      got: axis,
      allowed: `a whole number from ${-rank} to ${rank - 1}`,
    });
  const at = axis < 0 ? axis + rank : axis;
  return { outer: sizeOf(shape.slice(0, at)), n: shape[at]!, inner: sizeOf(shape.slice(at + 1)) };
}

/** A part of a tensor along one axis: x as [outer, from its axis on], of which a run of columns is taken. */
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { axisOf } from '@/shaders/lib/axis';
import { given } from '@/shaders/lib/flat';

export interface SliceAttrs {
  /** Negative from the end. */
  readonly axis: number;
  readonly from: number;
  /** The first index that is left out; null: the axis to its end. */
  readonly to: number | null;
}

export interface Dims {
  readonly x: TensorSpec;
  readonly shape: readonly number[];
  /** Columns of x, the first that is taken, and how many. */
  readonly columns: number;
  readonly skipped: number;
  readonly taken: number;
}

export function dims(inputs: Specs, { axis, from, to }: SliceAttrs): Dims {
  const x = given(inputs, 'x');
  const at = axisOf('x', x.shape, axis);
  const size = x.shape[at]!;
  const end = to ?? size;
  if (from >= end || end > size) {
    const allowed = { en: `from < to ≤ ${size}`, zh: `from < to ≤ ${size}` };
    throw new LabError('attr.value', { name: 'from, to', got: `${from}, ${end}`, allowed });
  }
  const inner = sizeOf(x.shape.slice(at + 1));
  const shape = x.shape.map((n, i) => (i === at ? end - from : n));
  return { x, shape, columns: size * inner, skipped: from * inner, taken: (end - from) * inner };
}

/** The axes of a reduction as stages [outer, n, inner] → [outer, inner], each perhaps in parts that a next one joins. */
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { given } from '@/shaders/lib/flat';

export const reductions = ['sum', 'mean', 'max', 'min', 'norm2'] as const;

export interface ReduceAttrs {
  readonly op: (typeof reductions)[number];
  /** Counted from the end where negative; null: all. */
  readonly axes: number | readonly number[] | null;
  /** Reduced axes stay as size 1. */
  readonly keep: boolean;
  /** Type of y, default that of x. */
  readonly dtype: 'same' | 'f32' | 'f16';
}

export interface Reduced {
  readonly x: TensorSpec;
  /** Whether each axis of x is reduced. */
  readonly gone: readonly boolean[];
  readonly shape: readonly number[];
  /** Elements that go into one. */
  readonly n: number;
}

export function reduced(inputs: Specs, { axes, keep }: ReduceAttrs): Reduced {
  const x = given(inputs, 'x');
  const rank = x.shape.length;
  const all = x.shape.map((_, axis) => axis);
  const asked = axes === null ? all : typeof axes === 'number' ? [axes] : axes;
  const gone = all.map(() => false);
  for (const axis of asked) {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
      const allowed = `whole numbers from ${-rank} to ${rank - 1}, for x [${x.shape.join(', ')}]`;
      throw new LabError('attr.value', { name: 'axes', got: axis, allowed });
    }
    gone[axis < 0 ? axis + rank : axis] = true;
  }
  const shape = x.shape.flatMap((size, axis) => (gone[axis] ? (keep ? [1] : []) : [size]));
  return { x, gone, shape, n: sizeOf(x.shape.filter((_, axis) => gone[axis])) };
}

export interface Stage {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
  readonly parts: number;
  /** Elements of a part. */
  readonly chunk: number;
}

/**
 * Neighbouring axes that go are one stage, the last first. A stage with few results is cut into parts of at least
 * `least` elements, about `wanted` of them over all results, four of which share an invocation.
 */
export function stagesOf({ x, gone }: Reduced, wanted: number, least: number): Stage[] {
  const stages: Stage[] = [];
  let inner = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    if (!gone[axis]) {
      inner *= x.shape[axis]!;
      continue;
    }
    let n = x.shape[axis]!;
    while (axis > 0 && gone[axis - 1]) n *= x.shape[--axis]!;
    const outer = sizeOf(x.shape.slice(0, axis));
    for (let parts = 0; parts !== 1; n = parts) {
      const results = Math.ceil((outer * inner) / 4);
      parts = Math.max(1, Math.min(Math.floor(wanted / results), Math.floor(n / least)));
      const chunk = Math.ceil(n / parts);
      parts = Math.ceil(n / chunk);
      stages.push({ outer, n, inner, parts, chunk });
    }
  }
  return stages.length > 0 ? stages : [{ outer: 1, n: 1, inner: sizeOf(x.shape), parts: 1, chunk: 1 }];
}

/** Where the elements of a reduction lie in x. */
import type { Reduced } from './stages';

/** Offsets along the axes that go (of the elements of one result), or that stay (of the results), ascending. */
export function offsetsOf({ x, gone }: Pick<Reduced, 'x' | 'gone'>, along: boolean): Int32Array {
  let offsets = Int32Array.of(0);
  let stride = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const size = x.shape[axis]!;
    if (gone[axis] === along) {
      const { length } = offsets;
      const next = new Int32Array(size * length);
      for (let k = 0; k < size; k++)
        for (let i = 0; i < length; i++) next[k * length + i] = offsets[i]! + k * stride;
      offsets = next;
    }
    stride *= size;
  }
  return offsets;
}

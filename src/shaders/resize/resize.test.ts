/** What `lab check` does not see: refusals, and positions worked out by hand. */
import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { tensor, type TensorSpec } from '@/lib/tensor';
import type { ResizeAttrs } from './dims';
import { kernel } from './kernel';
import { reference } from './reference';

const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
const attrs: ResizeAttrs = { size: 4, mode: 'bilinear', alignCorners: false };

test.each<[string, TensorSpec, Partial<ResizeAttrs>, RegExp]>([
  ['an image of three axes', f32(5, 5, 3), {}, /\[5, 5, 3\].*\[N, H, W, C\]/],
  ['a size of three', f32(1, 5, 5, 3), { size: [1, 2, 3] }, /size.*\[1,2,3\]/],
  ['too large a size', f32(1, 5, 5, 3), { size: 2 ** 20 }, /size.*16384/],
])('%s is refused', (_, x, given, message) => {
  expect(() => kernel.infer({ x }, { ...attrs, ...given })).toThrow(LabError);
  expect(() => kernel.infer({ x }, { ...attrs, ...given })).toThrow(message);
});

test.each<[Partial<ResizeAttrs>, number, number[]]>([
  [{}, 4, [0, 0.625, 1.375, 2]],
  [{ alignCorners: true }, 5, [0, 0.5, 1, 1.5, 2]],
  [{ mode: 'nearest' }, 6, [0, 0, 1, 1, 2, 2]],
  [{ mode: 'nearest' }, 2, [0, 2]],
])('0 1 2 with %o in %d pixels', (given, pixels, expected) => {
  const x = tensor('f32', [1, 1, 3, 1], [0, 1, 2]);
  const rows = Array.from({ length: pixels }, (_, row) => row);
  const { y } = reference({ x }, { ...attrs, ...given, size: [1, pixels] }, rows);
  Array.from(y!).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
});

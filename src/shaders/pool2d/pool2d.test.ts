/** What `lab check` does not see: refusals. */
import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import type { TensorSpec } from '@/lib/tensor';
import type { Pool2dAttrs } from './dims';
import { kernel } from './kernel';

const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
const attrs: Pool2dAttrs = { op: 'max', window: 3, stride: null, padding: 0, countIncludePad: false };

test.each<[string, TensorSpec, Partial<Pool2dAttrs>, RegExp]>([
  ['an image of three axes', f32(5, 5, 3), {}, /\[5, 5, 3\].*\[N, H, W, C\]/],
  ['a size of 0', f32(1, 0, 5, 3), {}, /\[1, 0, 5, 3\]/],
  ['a window too large', f32(1, 5, 9, 3), { window: [6, 2] }, /\[6,2\].*5 × 9.*\[1, 5, 9, 3\]/],
  ['padding as wide as the window', f32(1, 5, 9, 3), { padding: [0, 3, 0, 0] }, /padding.*3 × 3/],
  ['three numbers of a window', f32(1, 5, 9, 3), { window: [1, 2, 3] }, /window.*\[1,2,3\]/],
])('%s is refused', (_, x, given, message) => {
  expect(() => kernel.infer({ x }, { ...attrs, ...given })).toThrow(LabError);
  expect(() => kernel.infer({ x }, { ...attrs, ...given })).toThrow(message);
});

test('windows follow one another where no stride is given', () => {
  expect(kernel.infer({ x: f32(2, 7, 9, 5) }, attrs).y?.shape).toEqual([2, 2, 3, 5]);
  expect(kernel.infer({ x: f32(2, 7, 9, 5) }, { ...attrs, stride: 1 }).y?.shape).toEqual([2, 5, 7, 5]);
});

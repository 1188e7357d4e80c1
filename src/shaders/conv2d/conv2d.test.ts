/** What `lab check` does not see: refusals, the baselines in any split, padding as TensorFlow has it. */
import { describe, expect, test } from 'vitest';
import type { BaselineInput } from '@/gpu/kernel';
import { problemOf } from '@/gpu/bind';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { valuesOf, type TensorSpec } from '@/lib/tensor';
import { loadKernel } from '@/shaders';
import { windows } from './cases';
import { dims, type Conv2dAttrs } from './dims';
import { kernel } from './kernel';
import { isPointwise } from './pointwise';

const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
const f16 = (...shape: number[]): TensorSpec => ({ dtype: 'f16', shape });
const attrs: Conv2dAttrs = { stride: 1, dilation: 1, padding: 0, groups: 1, activation: 'none' };

test.each<[string, Record<string, TensorSpec>, Partial<Conv2dAttrs>, RegExp]>([
  ['an image of three axes', { x: f32(5, 5, 3), w: f32(4, 3, 3, 3) }, {}, /\[5, 5, 3\].*\[N, H, W, C\]/],
  ['a size of 0', { x: f32(1, 0, 5, 3), w: f32(4, 3, 3, 3) }, {}, /\[1, 0, 5, 3\]/],
  ['weights without taps', { x: f32(1, 5, 5, 3), w: f32(4, 3, 0, 3) }, {}, /\[4, 3, 0, 3\]/],
  ['other channels', { x: f32(1, 5, 5, 3), w: f32(4, 2, 3, 3) }, {}, /\[4, 2, 3, 3\].*\[1, 5, 5, 3\]/],
  [
    'groups that do not divide C',
    { x: f32(1, 5, 5, 3), w: f32(4, 1, 3, 3) },
    { groups: 2 },
    /groups.*2.*\[1, 5, 5, 3\].*\[4, 1, 3, 3\]/,
  ],
  [
    'a window too large',
    { x: f32(1, 5, 9, 3), w: f32(4, 3, 6, 3) },
    {},
    /\[4, 3, 6, 3\].*5 × 9.*\[1, 5, 9, 3\]/,
  ],
  [
    'a dilated window too large',
    { x: f32(1, 5, 9, 3), w: f32(4, 3, 3, 3) },
    { dilation: 3, padding: [0, 0, 1, 0] },
    /6 × 9/,
  ],
  ['types', { x: f32(1, 5, 5, 3), w: f16(4, 3, 3, 3) }, {}, /\[4, 3, 3, 3\].*f16.*f32.*\[1, 5, 5, 3\]/],
  ['a bias', { x: f32(1, 5, 5, 3), w: f32(4, 3, 3, 3), bias: f32(3) }, {}, /\[3\].*\[4\].*\[4, 3, 3, 3\]/],
  ['two paddings', { x: f32(1, 5, 5, 3), w: f32(4, 3, 3, 3) }, { padding: [1, 1] }, /padding.*\[1,1\]/],
  ['an endless padding', { x: f32(1, 5, 5, 3), w: f32(4, 3, 3, 3) }, { padding: 2 ** 31 }, /padding/],
])('%s is refused', (_, inputs, given, message) => {
  expect(() => kernel.infer(inputs, { ...attrs, ...given })).toThrow(LabError);
  expect(() => kernel.infer(inputs, { ...attrs, ...given })).toThrow(message);
});

// Sizes, window and stride with the zeros before and after, from timm/layers/padding.py.
test.each([
  [224, 3, 2, 0, 112],
  [56, 5, 2, 1, 28],
  [75, 5, 2, 2, 38],
  [7, 2, 1, 0, 7],
  [5, 1, 3, 0, 2],
])('same: %d pixels, window %d, stride %d', (size, k, stride, before, out) => {
  const inputs = { x: f32(1, size, size, 1), w: f32(1, 1, k, k) };
  expect(dims(inputs, { ...attrs, stride, padding: 'same' }).down).toMatchObject({ before, out });
});

test('pixels taken apart or with padding between are no product of matrices', () => {
  const inputs = { x: f32(1, 2, 2, 4), w: f32(4, 4, 1, 1) };
  expect(isPointwise(dims(inputs, attrs))).toBe(true);
  expect(isPointwise(dims(inputs, { ...attrs, stride: 2, padding: 1 }))).toBe(false);
});

describe.each(['conv2d', 'conv2d-backward-input', 'conv2d-backward-weights'])(
  'the CPU baseline of %s',
  (name) => {
    test.each(Object.keys(windows).filter((window) => windows[window]?.dtype !== 'f16'))(
      '%s',
      async (window) => {
        const room = await loadKernel(name);
        const found = room.cases.cases.find((c) => c.name.startsWith(`${window},`))!;
        const inputs = found.inputs(new Random(3));
        const problem = problemOf(room.kernel, inputs, found.attrs);
        const total = room.kernel.rows(problem);
        const wide = Object.fromEntries(
          Object.entries(inputs).map(([key, t]): [string, BaselineInput] => [
            key,
            { shape: t.shape, data: valuesOf(t) as Float32Array },
          ]),
        );
        const [start, end] = [Math.floor(total / 3), Math.ceil((2 * total) / 3)];
        const rows = Array.from({ length: end - start }, (_, row) => start + row);
        const expected = room.reference(inputs, found.attrs, rows);
        for (const [output, values] of Object.entries(room.baseline(wide, found.attrs, [start, end])))
          expect(compare(values, expected[output]!).relError, output).toBeLessThan(2e-6);
      },
    );
  },
);

/** What `lab check` does not see: refusals. */
import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import type { TensorSpec } from '@/lib/tensor';
import type { SeparableAttrs } from './dims';
import { kernel } from './kernel';

const spec = (dtype: 'f32' | 'f16', ...shape: number[]): TensorSpec => ({ dtype, shape });
const given = {
  x: spec('f32', 1, 5, 5, 8),
  depthwise: spec('f32', 8, 1, 3, 3),
  pointwise: spec('f32', 12, 8),
};
const attrs: SeparableAttrs = {
  ...{ stride: 1, dilation: 1, padding: 0 },
  ...{ depthwiseActivation: 'none', activation: 'none' },
};

test.each<[string, Record<string, TensorSpec>, RegExp]>([
  ['weights of several channels', { depthwise: spec('f32', 8, 2, 3, 3) }, /\[8, 2, 3, 3\].*\[8, 1, kh, kw\]/],
  ['a window too large', { depthwise: spec('f32', 8, 1, 7, 3) }, /\[8, 1, 7, 3\].*5 × 5/],
  ['a product over other channels', { pointwise: spec('f32', 12, 4) }, /\[12, 4\].*\[Cout, 8\]/],
  ['a bias of the wrong part', { bias: spec('f32', 8) }, /bias.*\[8\].*\[12\]/],
  ['a bias of another type', { bias: spec('f16', 12) }, /bias.*f16.*f32/],
  ['a residual of the shape of x', { residual: spec('f32', 1, 5, 5, 8) }, /residual.*\[1, 3, 3, 12\]/],
])('%s: refused', (_, changed, message) => {
  expect(() => kernel.infer({ ...given, ...changed }, attrs)).toThrow(LabError);
  expect(() => kernel.infer({ ...given, ...changed }, attrs)).toThrow(message);
});

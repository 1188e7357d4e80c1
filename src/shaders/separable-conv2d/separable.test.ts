/** What `lab check` does not see: refusals, and how often the fused ones read the picture. */
import { expect, test } from 'vitest';
import { problemOf } from '@/gpu/bind';
import { makeOutputs } from '@/gpu/run';
import { compileQuickly, openTestDevice } from '@/gpu/testing';
import { countTraffic } from '@/gpu/traffic';
import { uploadAll } from '@/gpu/transfer';
import { LabError } from '@/lib/errors';
import { sizeOf, tensor, type TensorSpec } from '@/lib/tensor';
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

/** Software adapters cannot time it: what a GPU gains of workgroup memory is counted in the shaders that ship. */
test('what lies between is computed for 16 channels of y in registers, for 64 by way of workgroup memory', async () => {
  compileQuickly();
  const device = await openTestDevice();
  const zeros = (...shape: number[]) => tensor('f32', shape, new Float32Array(sizeOf(shape)));
  const [C, Cout] = [16, 128];
  const inputs = { x: zeros(1, 18, 18, C), depthwise: zeros(C, 1, 3, 3), pointwise: zeros(Cout, C) };
  const problem = problemOf(kernel, inputs, attrs);
  const count = async (variant: string) => {
    const scope = device.root.child(variant);
    const tensors = { ...uploadAll(device, scope, inputs), ...makeOutputs(device, scope, problem.outputs) };
    const found = await countTraffic(
      device,
      scope,
      kernel.variants[variant]!.plan(problem, device.caps),
      tensors,
    );
    scope.close();
    return found;
  };
  const y = { loaded: 0, stored: 4 * 16 * 16 * Cout };
  // Of each of 64 strips three rows of six columns.
  const once = 4 * 64 * 18 * C;
  expect(await count('register')).toMatchObject({ x: { loaded: (Cout / 16) * once }, y });
  expect(await count('shared')).toMatchObject({ x: { loaded: (Cout / 64) * once }, y });
  expect(device.root.live).toBe(0);
  device.close();
});

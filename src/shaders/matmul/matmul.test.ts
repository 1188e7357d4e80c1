/** What `lab check` does not see: the rounding of half sums bit for bit, tensors larger than a binding, refusals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindPlan, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs, run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { download, uploadAll } from '@/gpu/transfer';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { fromHalf, toHalf } from '@/lib/half';
import { Random } from '@/lib/random';
import {
  sizeOf,
  tensor,
  toFloat64,
  valuesOf,
  type DType,
  type HostTensors,
  type TensorSpec,
} from '@/lib/tensor';
import { baseline } from './baseline';
import { activations } from '@/shaders/lib/activation';
import { CHUNK, dims, type MatmulAttrs } from './dims';
import { kernel } from './kernel';
import { reference } from './reference';
import { wasm } from './wasm';

let own: Device;
let packed: Device;
beforeAll(async () => {
  own = await openTestDevice();
  packed = await openTestDevice({ without: ['shader-f16'] });
});
afterAll(() => {
  own.close();
  packed.close();
});

const attrs: MatmulAttrs = { transA: false, transB: false, accumulate: 'f32', alpha: 1, activation: 'none' };

const draw = (dtype: DType, shapeA: number[], shapeB: number[], scale = 1): HostTensors => {
  const random = new Random(5);
  return {
    a: tensor(dtype, shapeA, random.normals(sizeOf(shapeA), scale)),
    b: tensor(dtype, shapeB, random.normals(sizeOf(shapeB), scale)),
  };
};

const half = (x: number): number => fromHalf(toHalf(x));

/** Half sums as they are defined, product and sum each rounded, in the order of k. */
function halfSums(
  inputs: HostTensors,
  [M, N, K]: readonly [number, number, number],
  chunk: number,
): number[] {
  const a = toFloat64(inputs.a!);
  const b = toFloat64(inputs.b!);
  return Array.from({ length: M * N }, (_, i) => {
    const [m, n] = [Math.floor(i / N), i % N];
    let total = 0;
    for (let start = 0; start < K; start += chunk) {
      let sum = 0;
      for (let k = start; k < Math.min(start + chunk, K); k++)
        sum = half(sum + half(a[m * K + k]! * b[k * N + n]!));
      total = Math.fround(total + sum);
    }
    return half(total);
  });
}

describe.each(['naive', 'register', 'tiled'])('%s without f16', (variant) => {
  test.each([
    ['f16', 1],
    ['chunked', 1],
    // Products below 2⁻¹⁴, most of them subnormal halves.
    ['f16', 3e-3],
    // Sums past 65504.
    ['f16', 90],
  ] as const)('sums in %s of numbers around %d, bit for bit', async (accumulate, scale) => {
    const size = [9, 14, 70] as const;
    const inputs = draw('f16', [9, 70], [70, 14], scale);
    const { c } = await run(packed, kernel, inputs, { ...attrs, accumulate }, { variant });
    const expected = halfSums(inputs, size, accumulate === 'chunked' ? CHUNK : 70);
    expect([...valuesOf(c!)]).toEqual(expected);
  });
});

test.each(['naive', 'register', 'quad', 'subgroup', 'tiled'])(
  '%s: own f16 sums round as defined',
  async (variant) => {
    const inputs = draw('f16', [9, 70], [70, 14]);
    const { c } = await run(own, kernel, inputs, { ...attrs, accumulate: 'f16' }, { variant });
    // An adapter may fuse product and sum: then it is closer to the truth, and still within roundings of the definition.
    expect(compare(valuesOf(c!), halfSums(inputs, [9, 14, 70], 70)).relError).toBeLessThan(2 ** -11 * 10);
  },
);

test.each([
  ['planes of both', [6, 40, 28], [6, 28, 36], 16384],
  ['planes of one operand', [6, 40, 28], [28, 36], 16384],
  ['rows of one matrix', [200, 28], [28, 36], 8192],
  ['broadcast planes', [3, 1, 40, 28], [2, 28, 36], 16384],
  ['odd planes', [12, 9, 7], [12, 7, 5], 1536],
])('%s are bound at offsets where the whole is too large', async (_, shapeA, shapeB, limit) => {
  const inputs = draw('f32', shapeA, shapeB);
  const problem = problemOf(kernel, inputs, attrs);
  const caps = { ...own.caps, limits: { ...own.caps.limits, maxStorageBufferBindingSize: limit } };
  const expected = reference(
    inputs,
    attrs,
    Array.from({ length: kernel.rows(problem) }, (_, row) => row),
  ).c!;
  // Operands whose rows are no whole quads are packed whole by all but the naive variant.
  const whole = shapeA.at(-1)! % 4 === 0;
  for (const variant of whole ? ['naive', 'register', 'tiled'] : ['naive']) {
    const scope = own.root.child('blocks');
    const plan = kernel.variants[variant]!.plan(problem, caps);
    expect(plan.passes.length).toBeGreaterThan(1);
    const sizes = plan.passes.flatMap(({ bindings }) => bindings.map(({ size }) => size ?? 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
    const outputs = makeOutputs(own, scope, problem.outputs);
    const tensors = { ...uploadAll(own, scope, inputs), ...outputs };
    await new Recorder(own).add(await bindPlan(own, scope, plan, tensors, variant)).run();
    expect(compare(valuesOf(await download(own, outputs.c!)), expected).relError).toBeLessThan(1e-5);
    scope.close();
  }
});

const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
const f16 = (...shape: number[]): TensorSpec => ({ dtype: 'f16', shape });

test.each([
  ['inner sizes', { a: f32(3, 5), b: f32(7, 4) }, attrs, /\[7, 4\].*\[3, 5\]/],
  [
    'inner sizes, transposed',
    { a: f32(3, 5), b: f32(5, 4) },
    { ...attrs, transB: true },
    /\[5, 4\].*\[3, 5\]/,
  ],
  ['leading sizes', { a: f32(2, 3, 5), b: f32(3, 5, 4) }, attrs, /\[3, 5, 4\].*\[2, 3, 5\]/],
  ['a size of 0', { a: f32(0, 5), b: f32(5, 4) }, attrs, /\[0, 5\]/],
  ['one axis', { a: f32(5), b: f32(5, 4) }, attrs, /\[5\]/],
  ['types', { a: f32(3, 5), b: f16(5, 4) }, attrs, /\[5, 4\].*f16.*f32.*\[3, 5\]/],
  ['bias', { a: f32(3, 5), b: f32(5, 4), bias: f32(3) }, attrs, /\[3\].*\[4\].*\[5, 4\]/],
  [
    'f16 sums of f32',
    { a: f32(3, 5), b: f32(5, 4) },
    { ...attrs, accumulate: 'f16' as const },
    /\[3, 5\].*\[5, 4\]/,
  ],
])('%s that do not fit are refused by name', (_, inputs, given, message) => {
  expect(() => kernel.infer(inputs, given)).toThrow(LabError);
  expect(() => kernel.infer(inputs, given)).toThrow(message);
});

test('a batch over one weight is one tall matrix, one column is one row', () => {
  expect(dims({ inputs: { a: f32(2, 3, 8, 16), b: f32(16, 4) }, attrs })).toMatchObject({
    M: 48,
    batches: 1,
  });
  expect(dims({ inputs: { a: f32(3, 8, 16), b: f32(16, 1) }, attrs })).toMatchObject({
    M: 1,
    N: 24,
    batches: 1,
  });
});

test('the CPU baseline in any split', () => {
  const inputs = {
    ...draw('f32', [2, 37, 11], [1, 11, 70]),
    bias: tensor('f32', [70], new Random(1).normals(70)),
  };
  const wide = Object.fromEntries(
    Object.entries(inputs).map(([name, t]) => [name, { shape: t.shape, data: t.data as Float32Array }]),
  );
  const given = { ...attrs, activation: 'gelu', alpha: 0.5 } as const;
  const rows = Array.from({ length: 74 }, (_, row) => row);
  const expected = reference(inputs, given, rows).c!;
  for (const [start, end] of [
    [0, 74],
    [5, 41],
    [73, 74],
  ] as const) {
    const { c } = baseline(wide, given, [start, end]);
    expect(compare(c!, expected.subarray(start * 70, end * 70)).relError).toBeLessThan(1e-6);
  }
});

test.each(activations)('the WASM library computes the same, %s', async (activation) => {
  const inputs = {
    ...draw('f32', [2, 7, 11], [1, 9, 11]),
    bias: tensor('f32', [9], new Random(1).normals(9)),
  };
  const wide = Object.fromEntries(
    Object.entries(inputs).map(([name, t]) => [name, { shape: t.shape, data: t.data as Float32Array }]),
  );
  const given = { ...attrs, transB: true, alpha: 0.5, activation };
  const { c } = await (await wasm.prepare(wide, given))();
  const rows = Array.from({ length: 14 }, (_, row) => row);
  expect(compare(c!, reference(inputs, given, rows).c!).relError).toBeLessThan(1e-5);
});

/** The runtime on a real device: memory, splitting, timing, errors. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bind, problemOf } from './bind';
import type { Device } from './device';
import { defineKernel, u32, type NoAttrs } from './kernel';
import { Recorder } from './recorder';
import { makeOutputs, resetOutputs, run } from './run';
import { openTestDevice } from './testing';
import { time } from './timing';
import { uploadAll, download } from './transfer';
import { encodeHalf } from '@/lib/half';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { LabError } from '@/lib/errors';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

/** y ← x + place, one element per workgroup: every group must run exactly once whatever the split. */
const iota = (flops: number, body = 'store_y(g, load_x(g) + f32(g));') =>
  defineKernel<NoAttrs>({
    name: 'iota',
    title: { en: 'iota', zh: 'iota' },
    inputs: { x: { dtypes: ['f32'], shape: '[n]' } },
    outputs: { y: { shape: '[n]' } },
    attrs: {},
    infer: (inputs) => ({ y: inputs.x ?? { dtype: 'f32', shape: [0] } }),
    rows: () => 1,
    work: () => ({ flops, bytes: 8 }),
    variants: {
      only: {
        title: { en: 'only', zh: '唯一' },
        plan: (problem) => ({
          scratch: { unused: 1000 },
          passes: [
            {
              shader: {
                file: 'iota.wgsl',
                code: `@compute @workgroup_size(1) fn main(@builtin(workgroup_id) w: vec3u) {\n  let g = group_index(w);\n  ${body}\n}`,
              },
              params: { n: u32(0) },
              bindings: [
                { name: 'x', access: 'read' },
                { name: 'y', access: 'read_write' },
              ],
              groups: problem.inputs.x?.shape[0] ?? 0,
              flops,
            },
          ],
        }),
      },
    },
    defaultVariant: () => 'only',
  });

test.each([
  ['few flops', 1],
  ['so many that it is split', 1e9],
])('every workgroup runs once: %s', async (_, flops) => {
  const n = 70_000;
  const x = tensor('f32', [n], new Float32Array(n).fill(1));
  const { y } = await run(device, iota(flops), { x }, {});
  expect(y && valuesOf(y)).toEqual(Float32Array.from({ length: n }, (_, i) => i + 1));
  expect(device.root.live).toBe(0);
});

test('closing a scope gives every byte back, and the peak stays known', () => {
  const scope = device.root.child('test');
  const inner = scope.child('inner');
  inner.buffer('a', 1000);
  scope.buffer('b', 16);
  expect(scope.live).toBe(1024);
  expect([...scope.byLabel()]).toEqual([
    ['b', 16],
    ['a', 1008],
  ]);
  scope.close();
  expect(scope.live).toBe(0);
  expect(scope.peak).toBe(1024);
  expect(() => scope.buffer('c', 4)).toThrow('closed');
});

test('a buffer past the limits is refused with the sizes', () => {
  const scope = device.root.child('test');
  expect(() => scope.buffer('too much', 2 ** 45)).toThrow(/too much needs 32 TiB/);
  scope.close();
});

/** A device whose GPU answers every making of a buffer with a want of memory. */
const starved = async (work: () => Promise<unknown>): Promise<void> => {
  const pop = device.gpu.popErrorScope.bind(device.gpu);
  device.gpu.popErrorScope = async () => {
    await pop();
    return new GPUOutOfMemoryError('provoked');
  };
  try {
    await work();
  } finally {
    device.gpu.popErrorScope = pop;
  }
};

test('out of memory: the sentence names the buffer, its size and what was in use before', async () => {
  const before = device.root.buffer('before', 2048);
  await starved(async () => {
    const x = tensor('f32', [70_000], new Float32Array(70_000));
    const failed = run(device, iota(1), { x }, {});
    await expect(failed).rejects.toMatchObject({ code: 'gpu.memory', values: { neededBytes: 280_000 } });
    await expect(failed).rejects.toThrow(/out of GPU memory: [xy] asked for 273 KiB with \d.* KiB in use/);
  });
  device.root.release(before);
  expect(device.root.live).toBe(0);
});

test('compile errors are mapped to the line of the file', async () => {
  const x = tensor('f32', [1], [1]);
  const broken = run(device, iota(1, 'let a = nothing_here;'), { x }, {});
  await expect(broken).rejects.toMatchObject({ code: 'gpu.compile', values: { file: 'iota.wgsl', line: 3 } });
  await expect(broken).rejects.toBeInstanceOf(LabError);
});

/** p ← 2p in place. */
const twice = () =>
  defineKernel<NoAttrs>({
    name: 'twice',
    title: { en: 'twice', zh: 'twice' },
    inputs: { p: { dtypes: ['f32'], shape: '[n]' } },
    outputs: { p: { shape: '[n]' } },
    attrs: {},
    infer: ({ p }) => ({ p: p! }),
    rows: () => 1,
    work: () => ({ flops: 1, bytes: 8 }),
    variants: {
      only: {
        title: { en: 'only', zh: '唯一' },
        plan: ({ inputs }) => ({
          passes: [
            {
              shader: {
                file: 'twice.wgsl',
                code: '@compute @workgroup_size(1) fn main(@builtin(workgroup_id) w: vec3u) { let g = group_index(w); store_p(g, 2.0 * load_p(g)); }',
              },
              bindings: [{ name: 'p', access: 'read_write' }],
              groups: inputs.p!.shape[0]!,
              flops: 1,
            },
          ],
        }),
      },
    },
    defaultVariant: () => 'only',
  });

test('an output with the name of an input is that input, changed in place', async () => {
  const n = 70_000;
  const p = tensor('f32', [n], new Random(1).normals(n));
  const before = Float32Array.from(p.data);
  const outputs = await run(device, twice(), { p }, {});
  expect(valuesOf(outputs.p!)).toEqual(before.map((x) => 2 * x));
  // The host's own tensor stays as it was.
  expect(p.data).toEqual(before);
});

test('what repeated runs did to an input is undone, so that a next one starts where the first did', async () => {
  const scope = device.root.child('test');
  const p = tensor('f32', [100], new Random(2).normals(100));
  const problem = problemOf(twice(), { p }, {});
  const outputs = makeOutputs(device, scope, problem.outputs, { p });
  const bound = await bind(device, scope, twice(), problem, outputs);
  await new Recorder(device).add(bound).add(bound).run();
  expect(valuesOf(await download(device, outputs.p!))).toEqual(Float32Array.from(p.data, (x) => 4 * x));
  resetOutputs(device, outputs, { p });
  await new Recorder(device).add(bound).run();
  expect(valuesOf(await download(device, outputs.p!))).toEqual(Float32Array.from(p.data, (x) => 2 * x));
  scope.close();
});

test('halves are stored to nearest even on an adapter without f16: subnormals, ties, overflow, every exponent', async () => {
  const packed = await openTestDevice({ without: ['shader-f16'] });
  const random = new Random(3);
  const n = 40_000;
  const values = Float32Array.from({ length: n }, () => random.normal() * 2 ** random.int(-30, 18));
  values.set([65519.9, 65520, 70_000, -1e30, 2 ** -24, 2 ** -25, 3 * 2 ** -26, 1 + 2 ** -11, 0, -0, 1e-40]);
  const narrow = defineKernel<NoAttrs>({
    ...iota(1),
    infer: ({ x }) => ({ y: { dtype: 'f16', shape: x!.shape } }),
    variants: {
      only: {
        title: { en: 'only', zh: '唯一' },
        plan: () => ({
          passes: [
            {
              shader: {
                file: 'narrow.wgsl',
                code: '@compute @workgroup_size(1) fn main(@builtin(workgroup_id) w: vec3u) { let g = group_index(w); store_y(g, load_x(g)); }',
              },
              bindings: [
                { name: 'x', access: 'read', vec: 4 },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
              groups: n / 4,
              flops: 1,
            },
          ],
        }),
      },
    },
  });
  const { y } = await run(packed, narrow, { x: tensor('f32', [n], values) }, {});
  expect(y!.data).toEqual(encodeHalf(values));
  packed.close();
});

test('timing reports samples and never a time of zero', async () => {
  const scope = device.root.child('test');
  const kernel = iota(1);
  const x = tensor('f32', [4096], new Float32Array(4096));
  const problem = problemOf(kernel, { x }, {});
  const tensors = { ...uploadAll(device, scope, { x }), ...makeOutputs(device, scope, problem.outputs) };
  const bound = await bind(device, scope, kernel, problem, tensors);
  const [timed] = await time(device, [{ name: 'iota', bound }]);
  expect(timed?.timeMs?.samples).toBe(10);
  expect(timed?.timeMs?.median).toBeGreaterThan(0);
  expect(timed?.timeMs?.p10).toBeLessThanOrEqual(timed?.timeMs?.p90 ?? 0);
  scope.close();
});

test('a cancelled run stops between submissions', async () => {
  const scope = device.root.child('test');
  const kernel = iota(1e12);
  const n = 2048;
  const x = tensor('f32', [n], new Float32Array(n));
  const problem = problemOf(kernel, { x }, {});
  const outputs = makeOutputs(device, scope, problem.outputs);
  const bound = await bind(device, scope, kernel, problem, {
    ...uploadAll(device, scope, { x }),
    ...outputs,
  });
  const abort = new AbortController();
  const running = new Recorder(device).add(bound).run(abort.signal);
  abort.abort();
  await expect(running).rejects.toThrow(/abort/i);
  const y = outputs.y && (await download(device, outputs.y, { from: n - 1, count: 1 }));
  expect(y && valuesOf(y)[0]).toBeNaN();
  scope.close();
});

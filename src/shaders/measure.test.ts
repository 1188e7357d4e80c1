/** Measurements of a kernel on a real device: what they count, what they refuse, what they leave behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import type { Kernel, NoAttrs } from '@/gpu/kernel';
import { downloadRows, sampleRows } from '@/gpu/rows';
import { openTestDevice } from '@/gpu/testing';
import { upload, uploadAll } from '@/gpu/transfer';
import { memoryStore, Tuner } from '@/gpu/tuner';
import type { Measurement } from '@/lab/report';
import { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { kernel as copy } from './ceiling-copy/kernel';
import { cpuWorker } from './cpu-worker';
import { measureKernel, type Bench, type MeasureOptions } from './measure';
import { verifyKernel } from './verify';

let device: Device;
let bench: Bench;
beforeAll(async () => {
  device = await openTestDevice();
  const pool = new Pool(2, () => ({ worker: cpuWorker(), terminate: () => undefined }));
  bench = { device, scope: device.root.child('test'), pool, tuner: new Tuner(memoryStore()) };
});
afterAll(() => {
  device.close();
});

const n = 1 << 20;
const x = tensor('f32', [n], new Random(1).normals(n));

async function measured(
  kernel: Kernel<NoAttrs>,
  options: Partial<MeasureOptions> = {},
): Promise<Measurement[]> {
  const { signal } = new AbortController();
  const task = { name: 'copy', shape: { n }, dtype: 'f32', cpu: [], budgetMs: 2000, signal, ...options };
  const found: Measurement[] = [];
  for await (const m of measureKernel(bench, kernel, { x }, {}, task)) found.push(m);
  expect(bench.scope.live).toBe(0);
  return found;
}

/** The copy with a scratch buffer, and with its result or its cost spoilt. */
const altered = (name: string, code: (wgsl: string) => string, flops = 1): Kernel<NoAttrs> => ({
  ...copy,
  variants: {
    ...copy.variants,
    [name]: {
      title: { en: name, zh: name },
      plan(problem, caps) {
        const { passes } = copy.variants.vec4!.plan(problem, caps);
        return {
          scratch: { unused: 4096 },
          passes: passes.map((p) => ({
            ...p,
            flops: p.flops * flops,
            shader: { file: name, code: code(p.shader.code) },
          })),
        };
      },
    },
  },
});

test('every variant has a time, a floor, and memory of its own beside what is shared', async () => {
  const found = await measured(altered('scratch', (code) => code));
  expect(found.map((m) => [m.variant, m.device, m.workspaceBytes, m.peakBytes])).toEqual([
    ['vec4', 'gpu', 0, 8 * n],
    ['scratch', 'gpu', 4096, 8 * n + 4096],
  ]);
  for (const m of found) {
    expect(m.timeMs?.median).toBeGreaterThan(0);
    expect(m.floorMs).toBeGreaterThan(0);
    expect(m.gbps).toBeCloseTo((8 * n) / m.timeMs!.median / 1e6);
    expect(m.bytes).toBe(8 * n);
  }
});

test('the CPU runs on one core and on all, and a library that does not exist is no row', async () => {
  const found = await measured(copy, { variants: [], cpu: ['one', 'all', 'wasm'] });
  expect(found.map((m) => [m.variant, m.device, m.timeMs?.method, m.note?.en])).toEqual([
    ['one-core', 'cpu', 'performance', undefined],
    ['all-cores', 'cpu', 'performance', '2 workers'],
  ]);
});

test('a wrong variant is not timed', async () => {
  const spoilt = altered('spoilt', (code) => code.replace('= x[i]', '= x[i] * 1.01'));
  const [right, wrong] = await measured(spoilt);
  expect(right?.timeMs).not.toBeNull();
  expect(wrong?.timeMs).toBeNull();
  expect(wrong?.note?.en).toMatch(/^wrong: copy\.y is off by 1\.0e-2/);
});

test('a variant over the budget is predicted, not run', async () => {
  // 4·10¹⁰ dependent steps: minutes on any software adapter, and too much for the budget on any GPU.
  const loop = 'var v = x[i]; for (var s = 0u; s < 160000u; s++) { v = v * 0.999 + 1.0; } y[i] = v;';
  const endless = altered('endless', (code) => code.replace('y[i] = x[i];', loop), 160_000);
  const started = performance.now();
  const [, slow] = await measured(endless, { budgetMs: 50 });
  expect(slow?.timeMs).toBeNull();
  expect(slow?.note?.en).toMatch(/^left out: about .* ms a run, the budget is 50 ms/);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('what was cancelled throws and frees', async () => {
  const abort = new AbortController();
  abort.abort();
  await expect(measured(copy, { signal: abort.signal })).rejects.toThrow(/abort/i);
  expect(bench.scope.live).toBe(0);
});

test('verification holds sampled rows against the reference and finds a wrong one', async () => {
  const scope = device.root.child('verify');
  const right = uploadAll(device, scope, { y: x });
  const checks = await verifyKernel(bench, copy, { x }, {}, right, 'copy', { tolerance: 0 });
  expect(checks).toEqual([
    { name: 'copy.y', maxAbsError: 0, relError: 0, tolerance: 0, rowsChecked: 256, rows: n, pass: true },
  ]);
  const spoilt = tensor('f32', [n], x.data);
  spoilt.data[n - 1] = NaN;
  const [wrong] = await verifyKernel(
    bench,
    copy,
    { x },
    {},
    { y: upload(device, scope, 'y', spoilt) },
    'copy',
  );
  expect(wrong).toMatchObject({ pass: false, relError: Number.MAX_VALUE });
  scope.close();
});

test('what ends within a step of the CPU’s clock has no time', async () => {
  const own = bench;
  const worker = { ...cpuWorker(), run: () => Promise.resolve(0) };
  bench = { ...own, pool: new Pool(1, () => ({ worker, terminate: () => undefined })) };
  try {
    const [found] = await measured(copy, { variants: [], cpu: ['one'] });
    expect(found).toMatchObject({ timeMs: null, note: { en: 'too fast to measure' } });
    expect(found).not.toHaveProperty('gflops');
  } finally {
    bench = own;
  }
});

test.each(['f32', 'f16', 'u8'] as const)('rows of %s come back from any offset', async (dtype) => {
  const scope = device.root.child('rows');
  const host = tensor(
    dtype,
    [7, 3],
    Array.from({ length: 21 }, (_, i) => i),
  );
  const rows = [0, 1, 3, 6];
  const read = await downloadRows(device, upload(device, scope, 'x', host), 7, rows);
  expect([...valuesOf(read)]).toEqual(rows.flatMap((row) => [3 * row, 3 * row + 1, 3 * row + 2]));
  scope.close();
});

test('samples are ascending, distinct, and hold both ends', () => {
  for (const [total, count] of [
    [10, 16],
    [17, 16],
    [1000, 16],
    [16_777_214, 256],
  ] as const) {
    const rows = sampleRows(total, count);
    expect(rows.length).toBe(Math.min(total, count));
    expect([rows[0], rows.at(-1)]).toEqual([0, total - 1]);
    expect(new Set(rows).size).toBe(rows.length);
    expect([...rows].sort((a, b) => a - b)).toEqual(rows);
  }
});

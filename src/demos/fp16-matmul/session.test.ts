/** The session as the laboratory drives it: every way to sum, what moves live, what is read, and that nothing stays behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import { problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { Pool } from '@/lib/pool';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { kernel } from '@/shaders/matmul/kernel';
import { demo } from './demo';
import { attrsOf, kinds } from './kinds';
import { errorsOverK } from './overK';
import { onGpu } from './multiply';
import type { Params } from './params';
import { measureRoofline } from './roofline';
import { create, createCpu } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
const small: Params = { ...defaults, m: 20, n: 24, k: 96 };
const ownFile = { name: 'own.safetensors', bytes: 1, sha256: '0'.repeat(64) };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const open = (files: Context['files'] = {}): Context => ({
  device,
  scope: device.root.child('demo'),
  pool,
  tuner: new Tuner(memoryStore()),
  shipped,
  files,
});

test('every way to sum passes its check; accumulation moves live; nothing stays behind', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  expect(session.result).toBeUndefined();
  const found: number[] = [];
  for (const accumulate of ['f32', 'chunked', 'f16'] as const) {
    expect(session.update({ ...small, accumulate }, ['accumulate'])).toBe('live');
    const { relError, overflowed } = await session.step(1, signal);
    expect(overflowed).toBe(0);
    found.push(relError!);
    expect(await session.verify(signal)).toMatchObject([
      { name: 'matmul.c', pass: true, rowsChecked: 20, rows: 20 },
    ]);
  }
  expect(found[0]).toBeLessThan(found[1]!);
  expect(found[1]).toBeLessThan(found[2]!);
  const c = await session.read('c');
  const cell = session.cell(3, 7);
  expect(cell.value).toBe(valuesOf(c)[3 * 24 + 7]);
  expect(cell.error).toBe(Math.abs(cell.value - cell.expected));
  expect(session.series()[0]!.y.reduce((x, y) => x + y)).toBe(480 - session.result!.errors.exact);
  expect(session.update({ ...small, k: 97 }, ['k'])).toBe('restart');
  await expect(session.read('x')).rejects.toThrow('a, b, c');
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('all ways to sum side by side, and over K', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  await session.step(1, signal);
  const live = device.root.live;
  const { kinds: compared, rows } = await session.compareSums(signal);
  expect(rows).toBe(20);
  expect(compared.map(({ kind }) => kind.id)).toEqual(kinds.map(({ id }) => id));
  const errors = compared.map(({ errors: { relError } }) => relError);
  expect(errors).toEqual(errors.toSorted((x, y) => y - x));
  const from = { distribution: 'positive', seed: 1 } as const;
  const grown = await errorsOverK(ctx, onGpu(ctx), from, () => undefined, signal, [16, 4096]);
  const at = (i: number, id: string): number =>
    grown[i]!.kinds.find(({ kind }) => kind.id === id)!.errors.relError;
  expect(at(1, 'half')).toBeGreaterThan(20 * at(0, 'half'));
  expect(at(1, 'chunked')).toBeLessThan(1e-3);
  expect(device.root.live).toBe(live);
  ctx.scope.close();
});

test('the variants compete on the session’s sizes, and the winner is what auto means', async () => {
  const ctx = open();
  const params: Params = { ...small, accumulate: 'f16', distribution: 'cancelling' };
  const session = await create(ctx, params, signal);
  const { winner, entries } = await session.tune(signal);
  expect(entries.map(({ variant }) => variant).sort()).toEqual(Object.keys(kernel.variants).sort());
  const inputs = { a: await session.read('a'), b: await session.read('b') };
  const picked = await ctx.tuner.pick(device, kernel, problemOf(kernel, inputs, attrsOf('f16')));
  expect(picked).toEqual({ variant: winner, tuned: true });
  ctx.scope.close();
});

test('ceilings and points of the roofline', async () => {
  const ctx = open();
  const sizes = { m: 20, n: 24, k: 96 };
  const { ceilings, points } = await measureRoofline(ctx, sizes, 'chunked', () => undefined, signal, 30);
  expect(ceilings.flopsPerSecond).toBeGreaterThan(0);
  expect(new Set(points.map(({ dtype, device: where }) => `${where} ${dtype}`))).toEqual(
    new Set(['gpu f32', 'cpu f32', 'gpu f16']),
  );
  expect(points.filter(({ note }) => note?.en.startsWith('wrong'))).toEqual([]);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('two matrices of the reader’s own', async () => {
  const a = tensor('f32', [2, 3], [1, 2, 3, 4, 5, 6]);
  const b = tensor('f32', [3, 2], [1, 0, 0, 1, 1, 1]);
  const ctx = open({ tensors: writeSafetensors(Object.entries({ a, b })) });
  const session = await create(ctx, { ...defaults, tensors: ownFile }, signal);
  expect(await session.step(1, signal)).toMatchObject({ relError: 0, maxUlp: 0, overflowed: 0 });
  expect([...valuesOf(await session.read('c'))]).toEqual([4, 5, 10, 11]);
  expect(session.sizes).toEqual({ m: 2, n: 2, k: 3 });
  ctx.scope.close();
});

test('overflow is counted, and no badge is given for it', async () => {
  const a = tensor('f32', [1, 2], [60000, 60000]);
  const b = tensor('f32', [2, 1], [1, 1]);
  const ctx = open({ tensors: writeSafetensors(Object.entries({ a, b })) });
  const session = await create(ctx, { ...defaults, tensors: ownFile, accumulate: 'f16' }, signal);
  expect(await session.step(1, signal)).toMatchObject({ overflowed: 1, relError: 0 });
  expect(await session.verify(signal)).toMatchObject([{ pass: false }]);
  ctx.scope.close();
});

test('without a GPU the same errors, by emulation', async () => {
  const cpu = await createCpu({ pool, files: {} }, { ...small, accumulate: 'f16' }, signal);
  const ctx = open();
  const gpu = await create(ctx, { ...small, accumulate: 'f16' }, signal);
  const [mine, theirs] = [await cpu.step(1, signal), await gpu.step(1, signal)];
  expect(mine.relError! / theirs.relError!).toBeGreaterThan(0.8);
  expect(mine.relError! / theirs.relError!).toBeLessThan(1.25);
  expect(await cpu.verify(signal)).toMatchObject([{ pass: true }]);
  const measured = [];
  for await (const m of cpu.measure({ params: small, budgetMs: 1000 }, signal)) measured.push(m.variant);
  expect(measured).toEqual(['one-core', 'all-cores', 'wasm']);
  ctx.scope.close();
});

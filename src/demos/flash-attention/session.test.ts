/** The session as the laboratory drives it: what moves live, what is read, and that nothing of it stays behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { problemOf } from '@/gpu/bind';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { Pool } from '@/lib/pool';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import { kernel } from '@/shaders/attention/kernel';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demo } from './demo';
import { tasksOf } from './measure';
import type { Params } from './params';
import { create, createCpu } from './run';
import type { FlashSession } from './session';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const open = (): Context => ({
  device,
  scope: device.root.child('demo'),
  pool,
  tuner: new Tuner(memoryStore()),
  shipped,
  files: {},
});

const inputsOf = async (session: FlashSession): Promise<HostTensors> => ({
  q: await session.read('q'),
  k: await session.read('k'),
  v: await session.read('v'),
});

test('it computes, moves live, checks itself and leaves nothing', async () => {
  const ctx = open();
  const params: Params = { ...defaults, n: 96, heads: 4, 'kv-heads': 2, 'head-dim': 16 };
  const session = await create(ctx, params, signal);
  expect(session.ready).toBe(false);
  const metrics = await session.step(1, signal);
  expect(metrics).toMatchObject({ seen: 100, naiveBytes: 4 * 4 * 96 * 96, flashBytes: 4 * 4 * 96 });
  const before = valuesOf(await session.read('o')).slice();
  expect(session.update({ ...params, causal: true }, ['causal'])).toBe('live');
  await session.step(1, signal);
  expect(valuesOf(await session.read('o'))).not.toEqual(before);
  expect((await session.verify(signal)).map(({ name, pass }) => [name, pass])).toEqual([
    ['attention.forward.o', true],
    ['attention.forward.lse', true],
  ]);
  expect(session.probabilities.at(3, 10, 11)).toBe(0);
  expect(session.update({ ...params, n: 100 }, ['n'])).toBe('restart');
  await expect(session.read('x')).rejects.toThrow('q, k, v, o, lse');
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('the variants compete on the current inputs, the winner is what auto means, and nothing is left', async () => {
  const ctx = open();
  const session = await create(ctx, { ...defaults, n: 96, 'head-dim': 16, causal: true }, signal);
  await session.step(1, signal);
  const live = device.root.live;
  const { winner, entries } = await session.tune(signal);
  expect(entries.map(({ variant }) => variant).sort()).toEqual(Object.keys(kernel.variants).sort());
  const times = entries.flatMap(({ timed }) => timed?.timeMs?.median ?? []);
  const best = entries.find(({ variant }) => variant === winner)?.timed?.timeMs?.median;
  expect(best).toBe(Math.min(...times));
  const problem = problemOf(kernel, await inputsOf(session), { causal: true, window: null, scale: null });
  expect(await ctx.tuner.pick(device, kernel, problem)).toEqual({ variant: winner, tuned: true });
  expect(device.root.live).toBe(live);
  await expect(session.tune(AbortSignal.abort())).rejects.toThrow(/abort/);
  expect(device.root.live).toBe(live);
  ctx.scope.close();
});

test('the same result without a GPU', async () => {
  const ctx = open();
  const params: Params = { ...defaults, n: 64, 'head-dim': 16, causal: true, window: 20 };
  const gpu = await create(ctx, params, signal);
  const cpu = await createCpu({ pool, files: {} }, params, signal);
  expect(await cpu.step(1, signal)).toEqual(await gpu.step(1, signal));
  const [a, b] = [valuesOf(await gpu.read('o')), valuesOf(await cpu.read('o'))];
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 5));
  expect((await cpu.verify(signal)).every(({ pass }) => pass)).toBe(true);
  ctx.scope.close();
});

test('series become one measurement task for each operation and type', () => {
  const storage = demo.charts.find(({ id }) => id === 'storage')!;
  expect(tasksOf(storage.series, 'f32')).toEqual([
    { name: 'attention.forward', dtype: 'f32', variants: ['naive', 'register', 'tiled'], cpu: [] },
    { name: 'attention.forward', dtype: 'f16', variants: ['naive', 'register', 'tiled'], cpu: [] },
  ]);
  expect(tasksOf(undefined, 'f16').map(({ name, dtype }) => `${name} ${dtype}`)).toEqual([
    'attention.forward f16',
    'attention.backward f16',
    'attention.decode f16',
  ]);
});

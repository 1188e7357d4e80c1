/** The sessions as the laboratory drives them: outputs against float64, what they cost, and that nothing stays behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { compare } from '@/lib/compare';
import { Pool } from '@/lib/pool';
import { valuesOf } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { operatorIds } from './charts';
import { CpuOperators } from './cpu';
import { demo } from './demo';
import type { Params } from './params';
import { GpuOperators, timeRatio } from './session';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
const small: Params = { ...defaults, channels: 32, resolution: 9 };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const open = (files: Context['files'] = {}): Context => ({
  ...{ device, pool, files },
  scope: device.root.child('demo'),
  tuner: new Tuner(memoryStore()),
  shipped,
});

test('every operator is right in f32 and f16, on the GPU and on the CPU, and nothing stays behind', async () => {
  const ctx = open();
  const gpu = new GpuOperators(ctx, small);
  const metrics = await gpu.step(1, signal);
  expect(metrics['mac-ratio']).toBeCloseTo(1 / 32 + 1 / 9, 12);
  expect(metrics['separable-macs']! / metrics.macs!).toBeCloseTo(metrics['mac-ratio']!, 12);
  const checks = await gpu.verify(signal);
  expect(checks.map(({ name }) => name)).toEqual(operatorIds.map((id) => `operator.${id}`));
  expect(checks.filter(({ pass }) => !pass)).toEqual([]);
  const cpu = new CpuOperators({ pool, files: {} }, small);
  expect(await cpu.step(1, signal)).toEqual(metrics);
  expect((await cpu.verify(signal)).filter(({ pass }) => !pass)).toEqual([]);
  for (const id of operatorIds) {
    const [a, b] = [await gpu.read(id), await cpu.read(id)];
    expect(a.shape).toEqual([1, 9, 9, 32]);
    expect(compare(valuesOf(a), valuesOf(b)).relError, id).toBeLessThan(1e-5);
  }
  const fused = valuesOf(await gpu.read('separable-fused'));
  expect(compare(fused, valuesOf(await gpu.read('separable'))).relError).toBeLessThan(1e-5);
  await expect(gpu.read('nothing')).rejects.toThrow('separable-fused');
  const halves = new GpuOperators(ctx, { ...small, storage: 'f16' });
  await halves.step(1, signal);
  expect((await halves.verify(signal)).filter(({ pass }) => !pass)).toEqual([]);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('times are taken of all, the ratio stands beside that of multiply-adds, and buffers go when it ends', async () => {
  const ctx = open();
  const session = new GpuOperators(ctx, small);
  await session.step(1, signal);
  const live = device.root.live;
  const seen: number[] = [];
  const { ceilings, points } = await session.timed(({ points: sofar }) => seen.push(sofar.length), signal);
  expect(ceilings!.bytesPerSecond).toBeGreaterThan(0);
  expect(seen.at(-1)).toBe(points.length);
  expect(points.filter((m) => m.device === 'gpu').map((m) => m.name)).toEqual(
    operatorIds.map((id) => `operator.${id}`),
  );
  expect(points.filter((m) => m.device === 'cpu')).toHaveLength(4);
  for (const m of points.filter(({ device: where }) => where === 'gpu')) {
    // On a machine that does other work, windows may turn out too short.
    if (m.timeMs) expect(m.timeMs.median).toBeGreaterThan(0);
    else expect(m.note?.en, m.name).toBe('too fast to measure');
    expect(m.peakBytes).toBeGreaterThanOrEqual(2 * 4 * 81 * 32);
    expect(m.floorMs).toBeGreaterThan(0);
  }
  expect(await session.timed(() => undefined, signal)).toEqual({ ceilings, points });
  expect((await session.assess(signal))['time-ratio']).toBe(timeRatio(points));
  expect(device.root.live).toBe(live);
  ctx.scope.close();
});

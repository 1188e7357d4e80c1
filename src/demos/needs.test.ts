/** What a demo says it needs is what its session takes: the offered setting runs, and the next larger ones do not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import { openTestDevice } from '@/gpu/testing';
import type { Device } from '@/gpu/device';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { largestThatFits } from '@/lab/fit';
import { defaultsOf, type Params } from '@/lab/schema';
import { Pool } from '@/lib/pool';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demos, loadNeeds, loadRun } from './index';

const { signal } = new AbortController();
const tuner = new Tuner(memoryStore());
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
/** A small cap stands in for a small GPU. */
const CAP = 18 * 2 ** 20;
let device: Device;
beforeAll(async () => {
  device = await openTestDevice({ memoryCap: CAP });
});
afterAll(() => {
  device.close();
});

async function runs(slug: string, params: Params): Promise<void> {
  const create = await loadRun(slug);
  const scope = device.root.child(slug);
  try {
    const session = await create({ device, scope, pool, tuner, shipped, files: {} }, params, signal);
    await session.step(1, signal);
  } finally {
    scope.close();
  }
}

test.each([
  ['flash-attention', { n: 60_000, variant: 'naive' }],
  ['flash-attention', { n: 65_536, heads: 8, 'head-dim': 256, dtype: 'f16', variant: 'register' }],
  ['flash-attention', { n: 65_536, heads: 8, 'head-dim': 128 }],
  ['sliding-window-max', { source: 'random', n: 2 ** 24, variant: 'van-herk', k: 9 }],
  ['sliding-window-max', { source: 'walk', shape: '2d', n: 2 ** 24, k: 5 }],
  ['fp16-matmul', { m: 64, n: 64, k: 65_536, storage: 'f32' }],
  ['fp16-matmul', { m: 8192, n: 1024, k: 32, accumulate: 'chunked' }],
  ['edm', { particles: 2 ** 22, steps: 2, sampler: 'euler' }],
  ['mixed-precision', { task: 'mlp', batch: 256, beside: 'fp32' }],
  ['mixed-precision', { task: 'cnn', batch: 256, beside: 'fp32' }],
  ['mixed-precision', { task: 'char', batch: 256, beside: 'none', mode: 'bf16' }],
] as const)('%s, %o', async (slug, patch) => {
  const demo = demos.find((d) => d.slug === slug)!;
  const needs = (await loadNeeds(slug))!;
  const params: Params = { ...defaultsOf(demo.params), ...patch };
  const found = await largestThatFits(demo, params, (at) => needs({ device, tuner }, at), {
    largest: device.caps.limits.maxBufferSize,
    total: CAP,
  });
  const { param, value } = found!;
  await runs(slug, { ...params, [param]: value });
  const more = Math.ceil(value * 1.05);
  await expect(runs(slug, { ...params, [param]: more })).rejects.toThrow(/out of GPU memory/);
  // What was being read back when it failed comes a moment later.
  await expect.poll(() => device.root.live, { timeout: 10_000 }).toBe(0);
});

/** The session as the laboratory drives it: annealing repairs weights, a network learns, NaN is stopped, it all comes back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { Pool } from '@/lib/pool';
import { valuesOf } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demo } from './demo';
import type { Params } from './params';
import { create, createCpu } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const small: Params = { ...defaultsOf(demo.params), particles: 512, batch: 128, width: 32 };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});
const open = (): Context => ({
  ...{ device, scope: device.root.child('demo'), pool, tuner: new Tuner(memoryStore()), shipped, files: {} },
});

test('plain Langevin halves a pair of 4 to 1, annealed Langevin divides it as it should be', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, data: 'pair', particles: 2048 }, signal);
  const found = await session.step(0, signal);
  expect(found.modes).toBe(2);
  // Half of the square is nearer to either mode: to four standard errors.
  expect(Math.abs(found.plainHeaviest! - 0.5)).toBeLessThan(0.045);
  expect(Math.abs(found.annealedHeaviest! - 0.8)).toBeLessThan(0.04);
  expect((await session.verify(signal)).every(({ pass }) => pass)).toBe(true);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test.each(['denoising', 'sliced', 'flow'] as const)(
  '%s: the field becomes right where data are, and less so where there are none',
  async (objective) => {
    const ctx = open();
    const session = await create(ctx, { ...small, objective, rate: 1e-2, 'field-level': 4 }, signal);
    const before = await session.step(0, signal);
    await session.step(200, signal);
    const after = await session.step(0, signal);
    expect(after.fieldErrorDense).toBeLessThan(0.75 * before.fieldErrorDense!);
    expect(after.fieldErrorDense).toBeLessThan(0.6);
    expect(after.fieldErrorScarce).toBeGreaterThan(after.fieldErrorDense!);
    const checks = await session.verify(signal);
    expect(checks.map(({ pass }) => pass)).toEqual([true, true, true, true]);
    ctx.scope.close();
  },
);

test('chains that follow the learned score are the network’s in float64', async () => {
  const ctx = open();
  const patch = { score: 'learned', 'steps-per-level': 20, particles: 128 } as const;
  const session = await create(ctx, { ...small, ...patch }, signal);
  await session.step(100, signal);
  await session.step(0, signal);
  // Not before they were asked for: they take longer than a frame.
  expect(session.shown).toBeUndefined();
  const checks = await session.verify(signal);
  expect(checks.filter(({ name }) => name.startsWith('chains')).map(({ pass }) => pass)).toEqual([
    true,
    true,
  ]);
  expect((await session.assess(signal)).annealedMisplaced).toBeDefined();
  await session.step(1, signal);
  expect(session.fresh).toBe(false);
  ctx.scope.close();
});

test('a training that diverges is stopped, and its last sound weights are kept', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, rate: 1, steps: 40 }, signal);
  await session.step(40, signal);
  const found = await session.step(0, signal);
  expect(found.stoppedAt).toBeGreaterThan(0);
  expect(session.ended).toBe(true);
  expect(Number.isFinite(found.fieldErrorDense)).toBe(true);
  const weights = await session.learning.learner.weights();
  expect(weights.every(Number.isFinite)).toBe(true);
  ctx.scope.close();
});

test('from a snapshot it goes on bit for bit', async () => {
  const ctx = open();
  const whole = await create(ctx, small, signal);
  await whole.step(12, signal);
  const bytes = await whole.snapshot();
  await whole.step(8, signal);
  await whole.step(0, signal);
  const again = await create(ctx, small, signal);
  await again.restore(bytes);
  await again.step(8, signal);
  await again.step(0, signal);
  expect(again.learning.losses).toEqual(whole.learning.losses);
  expect(await again.learning.learner.weights()).toEqual(await whole.learning.learner.weights());
  ctx.scope.close();
});

test('the same chains without a GPU end in the same modes', async () => {
  const params = { ...small, particles: 64, 'steps-per-level': 20 };
  const session = await createCpu({ pool, files: {} }, params, signal);
  await session.step(0, signal);
  expect((await session.verify(signal)).map(({ pass }) => pass)).toEqual([true, true]);
  const ctx = open();
  const onGpu = await create(ctx, params, signal);
  await onGpu.step(0, signal);
  for (const kind of ['plain', 'annealed']) {
    const [one, other] = [await session.read(kind, signal), await onGpu.read(kind, signal)];
    const apart = [...valuesOf(one)].map((value, i) => Math.abs(value - valuesOf(other)[i]!));
    expect(Math.max(...apart), kind).toBeLessThan(1e-3);
  }
  ctx.scope.close();
});

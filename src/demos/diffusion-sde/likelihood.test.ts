/** The density's map as the session computes it: by fixed steps, by RK45, by one probe, over every process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { Pool } from '@/lib/pool';
import { cpuWorker } from '@/shaders/cpu-worker';
import { valuesOf } from '@/lib/tensor';
import { run } from '@/gpu/run';
import { mixtures } from '@/methods/diffusion/data';
import { demo } from './demo';
import { onPool, type Compute } from './likelihood';
import { Likelihoods } from './likelihoods';
import { processLabels, type Params, type SdeName } from './params';
import { create } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const small: Params = { ...defaultsOf(demo.params), particles: 256, steps: 40 };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});
const onGpu: Compute = async (kernel, inputs, attrs) => {
  const found = await run(device, kernel, inputs, attrs);
  return Object.fromEntries(Object.entries(found).map(([name, each]) => [name, valuesOf(each)]));
};
const HALF = 2;

test.each(Object.keys(processLabels) as SdeName[])('%s: both integrations find ln p', async (process) => {
  const params: Params = { ...small, process };
  const maps = new Likelihoods(mixtures.uneven, 16, onGpu);
  const { meanError } = await maps.fixed(params, HALF, signal);
  const adaptive = await maps.adaptive(params, HALF, signal);
  const check = await maps.verify(params, HALF, signal);
  expect(check.pass).toBe(true);
  expect(meanError).toBeLessThan(0.05);
  expect(adaptive.meanError).toBeLessThan(0.05);
  expect(adaptive.unfinished).toBe(0);
});

test('few steps, many steps and one probe are the float64 steps all the same', async () => {
  const maps = new Likelihoods(mixtures.uneven, 16, onGpu);
  for (const patch of [{ 'likelihood-steps': 8 }, { 'likelihood-steps': 512 }, { hutchinson: true }]) {
    const check = await maps.verify({ ...small, ...patch }, HALF, signal);
    expect(check.rowsChecked).toBeGreaterThanOrEqual(16);
  }
});

test('the error falls with the steps, one probe is off by more than either integration', async () => {
  const maps = new Likelihoods(mixtures.uneven, 32, onGpu);
  const { errors, adaptive } = await maps.curve(small, HALF, signal);
  expect(errors[4]).toBeLessThan(errors[2]!);
  // For less than what 64 fixed steps evaluate.
  expect(adaptive.evaluations).toBeLessThan(256);
  expect(adaptive.error).toBeLessThan(errors[3]!);
  const noisy = await maps.fixed({ ...small, hutchinson: true }, HALF, signal);
  expect(noisy.meanError).toBeGreaterThan(10 * errors[4]!);
});

test('the CPU’s map is the GPU’s', async () => {
  const [one, other] = [onGpu, onPool(pool)].map((compute) => new Likelihoods(mixtures.uneven, 12, compute));
  const [a, b] = [await one!.fixed(small, HALF, signal), await other!.fixed(small, HALF, signal)];
  const [c, d] = [await one!.adaptive(small, HALF, signal), await other!.adaptive(small, HALF, signal)];
  const apart = (x: Float32Array, y: Float32Array): number =>
    Math.max(...x.map((value, i) => Math.abs(value - y[i]!) / (1 + Math.abs(y[i]!))));
  expect(apart(a.ode, b.ode)).toBeLessThan(1e-4);
  expect(apart(c.ode, d.ode)).toBeLessThan(1e-3);
});

test('in the session: a check, figures and a series; what did not move is not computed again', async () => {
  const ctx: Context = {
    ...{
      device,
      scope: device.root.child('demo'),
      pool,
      tuner: new Tuner(memoryStore()),
      shipped,
      files: {},
    },
  };
  const session = await create(ctx, small, signal);
  await session.step(0, signal);
  const checks = await session.verify(signal);
  expect(checks.find(({ name }) => name === 'likelihood')).toMatchObject({ pass: true, rows: 4096 });
  const found = await session.assess(signal);
  expect(found.likelihoodError).toBeLessThan(0.03);
  expect(found.nfeAdaptive).toBeGreaterThan(20);
  expect(session.series().map(({ name }) => name)).toContain('likelihood error over steps');
  const first = await session.fixedMap(signal);
  session.update({ ...small, particles: 128 }, ['particles']);
  expect(await session.fixedMap(signal)).toBe(first);
  session.update({ ...small, 'likelihood-steps': 16 }, ['likelihood-steps']);
  expect((await session.fixedMap(signal)).meanError).toBeGreaterThan(first.meanError);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

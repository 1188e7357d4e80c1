/** The three runs as the laboratory drives them: laws that agree and differ as they should, densities, the CPU's runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { Pool } from '@/lib/pool';
import { cpuWorker } from '@/shaders/cpu-worker';
import { BINS } from './density';
import { demo } from './demo';
import { kinds } from './kinds';
import type { Params } from './params';
import { create, createCpu } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const small: Params = { ...defaultsOf(demo.params), particles: 1024, steps: 60, ode: 'heun' };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});
const open = (): Context => ({
  ...{ device, scope: device.root.child('demo'), pool, tuner: new Tuner(memoryStore()), shipped, files: {} },
});

test('both SDEs have the joint law of the process, the ODE its marginals alone', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, steps: 200 }, signal);
  await session.step(1, signal);
  const checks = await session.verify(signal);
  expect(checks.filter(({ pass }) => !pass).map(({ name }) => name)).toEqual([]);
  const found = await session.assess(signal);
  expect(found.marginalOde).toBeLessThan(1);
  expect(Math.abs(found.correlationReverse! - found.correlationExact!)).toBeLessThan(0.1);
  expect(found.correlationOde).toBeGreaterThan(0.6);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('eight steps of Euler–Maruyama leave the marginals, and the check says so', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, steps: 8 }, signal);
  await session.step(1, signal);
  const failed = (await session.verify(signal)).filter(({ pass }) => !pass).map(({ name }) => name);
  expect(failed).toContain('marginals.reverse');
  expect(failed).not.toContain('marginals.forward');
  ctx.scope.close();
});

test.each(['x', 'y'] as const)(
  'densities along %s: counted particles are the process’s own, as far as so many can be',
  async (axis) => {
    const ctx = open();
    const session = await create(ctx, { ...small, particles: 8192, process: 'flow' }, signal);
    await session.step(1, signal);
    const { runs, exact, levels } = await session.density(axis, signal);
    for (const kind of kinds) {
      for (const column of [0, levels.length >> 1, levels.length - 1]) {
        const at = (values: Float32Array): number[] =>
          Array.from({ length: BINS }, (_, i) => values[i * levels.length + column]!);
        const [counted, own] = [at(runs[kind]), at(exact)];
        // Of a share p of n particles, √(p/n) is noise: summed over cells, at most √(BINS/n).
        const wrong = counted.reduce((sum, value, i) => sum + Math.abs(value - own[i]!) / BINS, 0);
        expect(wrong, `${kind} ${column}`).toBeLessThan(Math.sqrt(BINS / 8192));
        expect(own.reduce((a, b) => a + b) * (2 / BINS)).toBeGreaterThan(0.95);
      }
    }
    ctx.scope.close();
  },
);

test('without a GPU the runs are the same, to rounding, and so is what is made of them', async () => {
  const ctx = open();
  const gpu = await create(ctx, small, signal);
  const cpu = await createCpu({ pool, files: {} }, small, signal);
  const metrics = await Promise.all([gpu.step(1, signal), cpu.step(1, signal)]);
  expect(metrics[1]).toEqual(metrics[0]);
  expect(cpu.kept).toEqual(gpu.kept);
  for (const kind of kinds) {
    const [a, b] = [await gpu.trace(kind), await cpu.trace(kind)];
    const apart = a.values.map((value, i) => Math.abs(value - b.values[i]!)).sort();
    // A few paths part near the watershed between two modes.
    expect(apart[Math.floor(0.9 * apart.length)]).toBeLessThan(1e-3);
  }
  const [one, other] = [await gpu.density('x', signal), await cpu.density('x', signal)];
  expect(other.exact).toEqual(one.exact);
  const differing = one.runs.forward.filter((value, i) => Math.abs(value - other.runs.forward[i]!) > 1e-6);
  expect(differing.length / one.runs.forward.length).toBeLessThan(0.02);
  expect((await cpu.verify(signal)).slice(0, 3).every(({ pass }) => pass)).toBe(true);
  ctx.scope.close();
});

/** Every demo on a real device: its smoke run, a hundred moves without a leak, and the return from a lost device. */
import { afterAll, describe, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { passed } from '@/lab/buildReport';
import { faultsOf } from '@/lab/declaration';
import type { DemoDecl } from '@/lab/demo';
import { Runner } from '@/lab/runner';
import { defaultsOf, type Params } from '@/lab/schema';
import { applyRules } from '@/lab/validate';
import { Pool } from '@/lib/pool';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demos, loadRun } from './index';

const MINUTES = 60_000;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const tuner = new Tuner(memoryStore());
const devices: Device[] = [];

async function openDevice(): Promise<Device> {
  const device = await openTestDevice();
  devices.push(device);
  return device;
}
afterAll(() => {
  for (const device of devices) device.close();
});

/** Bytes of what a device created and did not destroy, counted from outside. */
function count({ gpu }: Device): { live: Map<object, number>; most: () => number } {
  let most = 0;
  const live = new Map<object, number>();
  const wrap = (
    name: 'createBuffer' | 'createTexture' | 'createQuerySet',
    sizeOf: (made: never) => number,
  ): void => {
    const create = gpu[name].bind(gpu) as (descriptor: never) => { destroy(): void };
    const counted = (descriptor: never): object => {
      const made = create(descriptor);
      const destroy = made.destroy.bind(made);
      live.set(made, sizeOf(made as never));
      most = Math.max(most, live.size);
      made.destroy = () => {
        live.delete(made);
        destroy();
      };
      return made;
    };
    Object.defineProperty(gpu, name, { value: counted });
  };
  wrap('createBuffer', (buffer: GPUBuffer) => buffer.size);
  wrap('createTexture', (texture: GPUTexture) => texture.width * texture.height);
  wrap('createQuerySet', (set: GPUQuerySet) => set.count);
  return { live, most: () => most };
}

async function runnerOn(demo: DemoDecl, device: () => Promise<Device>): Promise<Runner> {
  const create = await loadRun(demo.slug);
  return new Runner(demo, create, async () => {
    const opened = await device();
    return { device: opened, scope: opened.root.child(demo.slug), pool, tuner, shipped, files: {} };
  });
}

const smokeParams = (demo: DemoDecl): Params =>
  ({ ...defaultsOf(demo.params), ...demo.smoke.params }) as Params;

/** Other states of the same size: another seed, every switch and every choice. */
function otherStates(demo: DemoDecl): Params[] {
  const base = smokeParams(demo);
  const moves = Object.entries(demo.params).flatMap(([name, param]): Params[] => {
    if (param.kind === 'seed') return [{ [name]: 12345 }];
    if (param.kind === 'toggle') return [{ [name]: !base[name] }];
    if (param.kind === 'choice') return Object.keys(param.options).map((option) => ({ [name]: option }));
    return [];
  });
  return moves.map((move) => applyRules(demo, { ...base, ...move }).params);
}

test('there are demos', () => {
  expect(demos.length).toBeGreaterThan(0);
});

describe.each(demos.map((demo) => [demo.slug, demo] as const))('%s', (slug, demo) => {
  test('is declared soundly', () => {
    expect(faultsOf(demo)).toEqual([]);
    expect(demo.slug).toBe(slug);
  });

  test(
    'runs: verified, measured, within its bounds',
    async () => {
      const device = await openDevice();
      const runner = await runnerOn(demo, () => Promise.resolve(device));
      await runner.start(smokeParams(demo));
      await runner.verify();
      await runner.measure(undefined, 500);
      const { metrics, checks, measurements } = runner.state;
      for (const [name, [low, high]] of Object.entries(demo.smoke.metrics ?? {})) {
        expect(metrics[name], name).toBeGreaterThanOrEqual(low);
        expect(metrics[name], name).toBeLessThanOrEqual(high);
      }
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ pass }) => !pass)).toEqual([]);
      for (const name of demo.smoke.measurements) expect(measurements.map((m) => m.name)).toContain(name);
      expect(measurements.filter((m) => !passed({ checks: [], measurements: [m] }))).toEqual([]);
      for (const name of runner.tensors) expect((await runner.read(name)).data.length).toBeGreaterThan(0);
      await runner.close();
    },
    5 * MINUTES,
  );

  test(
    'a hundred moves and restarts leave nothing behind',
    async () => {
      const device = await openDevice();
      const { live, most } = count(device);
      const once = await runnerOn(demo, () => Promise.resolve(device));
      await once.start(smokeParams(demo));
      await once.close();
      const before = [...live.values()].sort();
      const runner = await runnerOn(demo, () => Promise.resolve(device));
      const states = otherStates(demo);
      await runner.start(smokeParams(demo));
      for (let i = 0; i < 100; i++) {
        if (i % 3 === 2) runner.restart();
        else runner.update(states[i % states.length]!);
        // Some settle, some are overtaken by the next move.
        if (i % 4 === 0) await runner.settled().catch(() => undefined);
        else await new Promise((resolve) => setTimeout(resolve, i % 7));
      }
      await runner.settled().catch(() => undefined);
      await runner.close();
      expect(most()).toBeGreaterThan(before.length);
      expect([...live.values()].sort()).toEqual(before);
      expect(device.root.live).toBe(0);
    },
    5 * MINUTES,
  );

  test(
    'comes back when its device is destroyed',
    async () => {
      let device = await openDevice();
      const runner = await runnerOn(demo, async () => device);
      await runner.start(smokeParams(demo));
      const { metrics } = runner.state;
      const lost = device;
      device = await openDevice();
      lost.gpu.destroy();
      await lost.lost;
      await new Promise((resolve) => setTimeout(resolve, 10));
      await runner.settled();
      expect(runner.state.metrics).toEqual(metrics);
      expect(runner.state.notices).toHaveLength(1);
      await runner.verify();
      expect(runner.state.checks.every(({ pass }) => pass)).toBe(true);
      await runner.close();
    },
    5 * MINUTES,
  );
});

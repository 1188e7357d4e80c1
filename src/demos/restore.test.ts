/** Nothing of a demo is lost with its device: a snapshot brings the same state back, and the runner does so by itself. */
import { afterEach, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { Runner } from '@/lab/runner';
import { defaultsOf, type Params } from '@/lab/schema';
import type { Context, Session } from '@/lab/session';
import { Pool } from '@/lib/pool';
import type { HostTensor } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demos, loadRun } from './index';

const devices: Device[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
async function open(): Promise<Context> {
  const device = await openTestDevice();
  devices.push(device);
  return {
    device,
    scope: device.root.child('demo'),
    pool,
    tuner: new Tuner(memoryStore()),
    shipped,
    files: {},
  };
}
const { signal } = new AbortController();
const stateOf = async (session: Session): Promise<Record<string, HostTensor>> => {
  const state: Record<string, HostTensor> = {};
  for (const name of session.tensors) state[name] = await session.read(name, signal);
  return state;
};

/** Small, and unlike the defaults. */
const settings: Readonly<Record<string, Params | undefined>> = {
  'flash-attention': { n: 96, 'head-dim': 16, heads: 2, causal: true, dtype: 'f16', seed: 7 },
  'sliding-window-max': { source: 'walk', n: 999, k: 31, seed: 7 },
};

for (const demo of demos) {
  const own = settings[demo.slug] ?? (demo.smoke.params as Params);
  const params: Params = { ...defaultsOf(demo.params), ...own };

  test(`${demo.slug}: a snapshot, restored in another session, is the same state`, async () => {
    const create = await loadRun(demo.slug);
    const first = await create(await open(), params, signal);
    await first.step(1, signal);
    const bytes = await first.snapshot();
    const second = await create(await open(), params, signal);
    await second.restore(bytes);
    // As the runner does: a process stands where it stood, anything else computes its result.
    await second.step(demo.process ? 0 : 1, signal);
    expect(await stateOf(second)).toEqual(await stateOf(first));
  });

  test(`${demo.slug}: a lost device is replaced, and the state with it`, async () => {
    const runner = new Runner(demo, await loadRun(demo.slug), open);
    await runner.start(params);
    const before = await stateOf(runner.session!);
    devices.at(-1)!.gpu.destroy();
    while (runner.state.notices.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await runner.settled();
    expect(runner.state.notices[0]?.text.en).toMatch(/device was lost/);
    expect(devices).toHaveLength(2);
    expect(await stateOf(runner.session!)).toEqual(before);
    await runner.close();
  });
}

/** Trainings on a real device: repeatable, stopped where they break, scaled as PyTorch scales, and as the CPU has it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import { LabError } from '@/lib/errors';
import { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { readSafetensors } from '@/lib/safetensors';
import { valuesOf } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { initialValues, layoutOf } from '@/tensor/parameters';
import { cpuStep, evaluate, namedWeights, onPool } from '@/tensor/onCpu';
import { params as schema, type Params } from './params';
import { MixedPrecisionSession } from './session';
import { taskOf, WEIGHTS } from './task';

const { signal } = new AbortController();
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const small: Params = { ...defaultsOf(schema), batch: 8, beside: 'none' };

/** A session that made `steps` steps and came to rest, while `look` looks at it. */
async function after<T>(
  steps: number,
  patch: Partial<Params>,
  look: (session: MixedPrecisionSession) => T | Promise<T>,
): Promise<T> {
  const scope = device.root.child('test');
  const ctx = { device, scope, pool, tuner: new Tuner(memoryStore()), shipped, files: {} };
  try {
    const session = await MixedPrecisionSession.create(ctx, { ...small, steps, ...patch }, signal);
    await session.step(steps, signal);
    await session.step(0, signal);
    return await look(session);
  } finally {
    scope.close();
    expect(device.root.live).toBe(0);
  }
}

test('the same seed gives the same losses bit for bit, another seed others', async () => {
  const losses = (seed: number) =>
    after(6, { seed, mode: 'fp16-dynamic' }, ({ chosen }) => chosen.records.map(({ loss }) => loss));
  const first = await losses(1);
  expect(first).toHaveLength(6);
  expect(await losses(1)).toEqual(first);
  expect(await losses(2)).not.toEqual(first);
});

test('all six modes see the same batches from the same weights', async () => {
  await after(2, { beside: 'all' }, ({ runs }) => {
    const firsts = runs.map(({ records }) => records[0]!.loss);
    expect(runs).toHaveLength(6);
    for (const loss of firsts) expect(Math.abs(loss / firsts[0]! - 1)).toBeLessThan(0.02);
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
});

test('the first loss is that of the CPU', async () => {
  const task = taskOf(small, {});
  const network = task.network(small.batch);
  const layout = layoutOf(network.parameters);
  const first = valuesOf(initialValues(layout, new Random(small.seed, WEIGHTS)));
  const step = cpuStep(network, namedWeights(layout.slices, first), task.batch(small.batch, 0));
  const loss = valuesOf((await evaluate(step, onPool(pool, signal))).get(step.step.loss)!)[0]!;
  const gpu = await after(1, { mode: 'fp32' }, ({ chosen }) => chosen.records[0]!.loss);
  expect(Math.abs(gpu / loss - 1)).toBeLessThan(1e-5);
});

test('a learning rate of 1e9 ends in a sentence that names tensor and step, and the session lives on', async () => {
  await after(30, { mode: 'fp32', rate: 1e9 }, async (session) => {
    const { stop, records } = session.chosen;
    expect(stop?.why.en).toMatch(
      /forward pass, matmul.c \(layers\.\d\.(weight|bias).*\)|weight layers|loss reached/,
    );
    expect(stop?.step).toBeLessThan(30);
    expect(records).toHaveLength(stop!.step + 1);
    expect(session.ended).toBe(true);
    expect(session.metrics().stoppedAt).toBe(stop!.step);
    expect((await session.verify(signal)).every(({ pass }) => pass)).toBe(true);
  });
});

test('pure FP16 with Adam breaks, and it is stopped; what it lost is counted apart', async () => {
  await after(20, { mode: 'fp16', batch: 32 }, ({ chosen }) => {
    expect(chosen.stop?.why.en).toMatch(/stored in FP16|forward pass|weight/);
    expect(chosen.stop!.step).toBeLessThan(20);
  });
});

test('a dynamic scale that is too high halves at each skipped step, then doubles after the interval', async () => {
  const patch = { mode: 'fp16-dynamic', 'initial-scale': 2 ** 26, 'growth-interval': 4 } as const;
  await after(30, patch, (session) => {
    const { records } = session.chosen;
    const scales = session.series().find(({ name }) => name === 'lossScale')!.y;
    expect(records[0]!.skipped).toBe(true);
    expect(records[0]!.overflows).toBeGreaterThan(0);
    let finite = 0;
    records.slice(0, -1).forEach(({ skipped, lossScale }, i) => {
      finite = skipped ? 0 : finite + 1;
      expect(scales[i + 1]).toBe(skipped ? lossScale / 2 : finite === 4 ? 2 * lossScale : lossScale);
      if (finite === 4) finite = 0;
    });
    expect(session.metrics().skippedSteps).toBe(records.filter(({ skipped }) => skipped).length);
  });
});

test('weights are saved, loaded by every mode, and refused where they are of another network', async () => {
  const bytes = await after(5, { mode: 'fp32' }, async (session) => {
    const { evaluations } = session.chosen;
    const now = await session.save('fp32');
    const first = await session.save('fp32', evaluations[0]);
    expect(readSafetensors(await session.save('fp32', evaluations.at(-1)))).toEqual(readSafetensors(now));
    expect(readSafetensors(first)).not.toEqual(readSafetensors(now));
    return now;
  });
  const weights = await after(2, { mode: 'fp16-dynamic', beside: 'fp32', seed: 9 }, async (session) => {
    await session.load(bytes, 'mine.safetensors', signal);
    return Promise.all(session.runs.map(({ mode }) => session.save(mode)));
  });
  const saved = readSafetensors(bytes);
  for (const file of weights) expect(readSafetensors(file)).toEqual(saved);
  await expect(
    after(1, { task: 'cnn' }, (session) => session.load(bytes, 'mine.safetensors', signal)),
  ).rejects.toThrow(LabError);
});

test('on another device it goes on bit for bit from a snapshot, and finds what went wrong there', async () => {
  const patch = { mode: 'fp16-dynamic', beside: 'fp32', steps: 90 } as const;
  const whole = await after(12, patch, ({ runs }) => runs.map(({ records }) => records));
  const bytes = await after(7, patch, (session) => session.snapshot());
  await after(0, patch, async (session) => {
    await session.restore(bytes);
    await session.step(5, signal);
    await session.step(0, signal);
    expect(session.runs.map(({ records }) => records)).toEqual(whole);
  });
  // The learning rate moved between the snapshot and the loss.
  const [stop, again] = await after(0, { ...patch, rate: 1e9 }, async (session) => {
    await session.restore(bytes);
    await session.step(20, signal);
    await session.step(0, signal);
    return [session.runOf('fp32').stop!, await session.snapshot()] as const;
  });
  expect(stop.step).toBeGreaterThanOrEqual(7);
  expect(stop.why.en).toMatch(/forward pass|weight layers|backward pass/);
  await after(0, patch, async (session) => {
    await session.restore(again);
    expect(session.runOf('fp32').stop).toEqual(stop);
  });
});

test('the learning rate moves live, from the next step on; a growth interval, a batch or a seed begins anew', async () => {
  const losses = (rate: number) =>
    after(3, { mode: 'fp32', steps: 90 }, async (session) => {
      expect(session.update({ ...small, mode: 'fp32', steps: 90, rate }, ['rate'])).toBe('live');
      await session.step(3, signal);
      await session.step(0, signal);
      return session.chosen.records.map(({ loss }) => loss);
    });
  const [as, faster] = [await losses(small.rate), await losses(10 * small.rate)];
  // The loss of step 3 is that of weights which the old rate has moved.
  expect(faster.slice(0, 4)).toEqual(as.slice(0, 4));
  expect(faster[4]).not.toBe(as[4]);
  await after(2, { mode: 'fp16-dynamic' }, (session) => {
    for (const patch of [{ 'growth-interval': 7 }, { batch: 16 }, { seed: 9 }, { 'initial-scale': 8 }])
      expect(session.update({ ...small, ...patch }, Object.keys(patch) as (keyof Params)[])).toBe('restart');
    expect(session.update({ ...small, steps: 50 }, ['steps'])).toBe('live');
  });
});

test('a text of one character is refused with what is allowed', () => {
  const text = { name: 'a.txt', bytes: 1, sha256: '0' };
  const bytes = new TextEncoder().encode('a');
  expect(() => taskOf({ ...small, task: 'char', text }, { text: bytes })).toThrow(
    /1 character; allowed: 1000/,
  );
});

/** FP32 without a GPU: the same curve as on one, stopped where it breaks, whole steps or none. */
import { expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import { LabError } from '@/lib/errors';
import { Pool } from '@/lib/pool';
import { readSafetensors } from '@/lib/safetensors';
import { cpuWorker } from '@/shaders/cpu-worker';
import { CpuSession } from './cpu';
import { params as schema, type Params } from './params';
import { create } from './run';

const { signal } = new AbortController();
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const small: Params = { ...defaultsOf(schema), batch: 8, mode: 'fp32', beside: 'none' };

const cpuAt = (patch: Partial<Params>) =>
  CpuSession.create({ pool, files: {} }, { ...small, ...patch }, signal);

test.each(['mlp', 'cnn', 'char'] as const)(
  '%s: the losses are those of FP32 on a GPU, and the step is right',
  async (task) => {
    const steps = 3;
    const device = await openTestDevice();
    const scope = device.root.child('test');
    const gpu = await create(
      { device, scope, pool, tuner: new Tuner(memoryStore()), shipped, files: {} },
      { ...small, task },
      signal,
    );
    await gpu.step(steps, signal);
    await gpu.step(0, signal);
    const cpu = await cpuAt({ task });
    await cpu.step(steps, signal);
    await cpu.step(0, signal);
    expect(cpu.chosen.records).toHaveLength(steps);
    for (const [i, { loss, gradientNorm }] of gpu.chosen.records.entries()) {
      const own = cpu.chosen.records[i]!;
      expect(Math.abs(own.loss / loss - 1)).toBeLessThan(1e-3);
      expect(Math.abs(own.gradientNorm / gradientNorm - 1)).toBeLessThan(1e-2);
    }
    expect(cpu.chosen.evaluations[0]!.accuracy).toBe(gpu.chosen.evaluations[0]!.accuracy);
    expect(cpu.series().find(({ name }) => name === 'loss')!.y).toHaveLength(steps);
    for (const { name, pass } of await cpu.verify(signal)) expect([name, pass]).toEqual([name, true]);
    scope.close();
    device.close();
  },
);

test('a learning rate of 1e9 ends in a sentence, and the training before it can be checked', async () => {
  const session = await cpuAt({ rate: 1e9, steps: 30 });
  await session.step(30, signal);
  const { stop, records } = session.chosen;
  expect(stop?.why.en).toMatch(
    /forward pass, matmul.c \(layers\.\d\.(weight|bias).*\)|weight layers|loss reached/,
  );
  expect(records).toHaveLength(stop!.step + 1);
  expect(session.ended).toBe(true);
  expect((await session.verify(signal)).every(({ pass }) => pass)).toBe(true);
});

test('a cancelled step is not made; the rate is taken up by the next, the batch begins anew', async () => {
  const [one, other] = [await cpuAt({ steps: 90 }), await cpuAt({ steps: 90 })];
  await one.step(2, signal);
  const cancelled = AbortSignal.abort(new DOMException('cancelled', 'AbortError'));
  await expect(one.step(1, cancelled)).rejects.toThrow('cancelled');
  expect(one.at).toBe(2);
  await other.step(2, signal);
  expect(one.update({ ...small, steps: 90, rate: 0.01 }, ['rate'])).toBe('live');
  await one.step(2, signal);
  await other.step(2, signal);
  const losses = ({ chosen }: CpuSession) => chosen.records.map(({ loss }) => loss);
  expect(losses(one).slice(0, 3)).toEqual(losses(other).slice(0, 3));
  expect(losses(one)[3]).not.toBe(losses(other)[3]);
  expect(one.update({ ...small, steps: 90, batch: 16 }, ['batch'])).toBe('restart');
});

test('weights are saved and loaded, and refused where they are of another network', async () => {
  const session = await cpuAt({});
  await session.step(3, signal);
  const bytes = await session.save('fp32');
  const again = await cpuAt({ seed: 5 });
  await again.load(bytes, 'mine.safetensors', signal);
  expect(readSafetensors(await again.save('fp32'))).toEqual(readSafetensors(bytes));
  const other = await cpuAt({ task: 'cnn' });
  await expect(other.load(bytes, 'mine.safetensors', signal)).rejects.toThrow(LabError);
});

test('a character network goes on writing', async () => {
  const session = await cpuAt({ task: 'char' });
  const shown: string[] = [];
  await session.write('fp32', 15, (text) => shown.push(text), signal);
  expect(shown.map(({ length }) => length)).toEqual([13, 14, 15]);
});

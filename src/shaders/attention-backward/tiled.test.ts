/** What only a GPU gets, run where tests run (loops unrolled, head sizes as constants), and what memory it loads. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindPlan, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { countTraffic } from '@/gpu/traffic';
import { download, uploadAll } from '@/gpu/transfer';
import { compare } from '@/lib/compare';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import { dims, visiblePairs } from '../attention/dims';
import { cases } from './cases';
import { kernel } from './kernel';
import { reference } from './reference';
import { layoutOf, tiled } from './tiled';

/** A CPU adapter compiles unrolled tiles for many seconds. */
const COMPILE_MS = 300_000;

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const made = (name: string) => {
  const found = [...cases.cases, ...cases.timing].find((c) => c.name === name)!;
  const inputs = found.inputs(new Random(1));
  return { inputs, attrs: found.attrs, problem: problemOf(kernel, inputs, found.attrs) };
};

test.each(['grouped heads', 'mask, causal, window'])(
  'as on a GPU: %s',
  { timeout: COMPILE_MS },
  async (name) => {
    const { inputs, attrs, problem } = made(name);
    const scope = device.root.child('test');
    const outputs = makeOutputs(device, scope, problem.outputs);
    const plan = tiled.plan(problem, { ...device.caps, adapterKind: 'hardware' });
    const tensors = { ...uploadAll(device, scope, inputs), ...outputs };
    await new Recorder(device).add(await bindPlan(device, scope, plan, tensors, 'tiled')).run();
    const rows = kernel.rows(problem);
    const expected = reference(
      inputs,
      attrs,
      Array.from({ length: rows }, (_, row) => row),
    );
    for (const [output, tensor] of Object.entries(outputs)) {
      const { relError, notFinite } = compare(
        valuesOf(await download(device, tensor)),
        expected[output]!,
        rows,
      );
      expect(notFinite, output).toBe(0);
      expect(relError, output).toBeLessThan(1e-5);
    }
    scope.close();
  },
);

test.each(['N=256, D=64', 'N=1024, D=64, causal'])(
  'loads are within 1.2 of the model: %s',
  { timeout: COMPILE_MS },
  async (name) => {
    const { inputs, problem } = made(name);
    const d = dims(problem);
    const { ROWS } = layoutOf(problem, device.caps).tile!;
    const scope = device.root.child('test');
    const tensors = { ...uploadAll(device, scope, inputs), ...makeOutputs(device, scope, problem.outputs) };
    const { q, k, v, o, ...found } = await countTraffic(
      device,
      scope,
      tiled.plan(problem, device.caps),
      tensors,
    );
    scope.close();
    // Each of q, k, v, do is owned in one pass and streams past in the other; do and o make delta besides.
    const words = d.S * d.D;
    const streamed = words + (d.D * visiblePairs(d)) / ROWS;
    for (const [loaded, model] of [
      [q!.loaded, streamed],
      [k!.loaded, streamed],
      [v!.loaded, streamed],
      [found.do!.loaded, words + streamed],
      [o!.loaded, words],
    ] as const) {
      expect(loaded / (4 * model)).toBeGreaterThan(0.999);
      expect(loaded / (4 * model)).toBeLessThan(1.2);
    }
    for (const name of ['dq', 'dk', 'dv']) expect(found[name]).toEqual({ loaded: 0, stored: 4 * words });
  },
);

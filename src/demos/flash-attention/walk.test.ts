/** The walk on a real device: its last step is the result. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { problemOf } from '@/gpu/bind';
import { openTestDevice } from '@/gpu/testing';
import { uploadAll } from '@/gpu/transfer';
import { reference } from '@/shaders/attention/reference';
import { kernel } from '@/shaders/attention/kernel';
import { random } from './inputs';
import { traceRow } from './walk';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const { signal } = new AbortController();
const attrs = { causal: true, scale: null, window: null };

test('the walk of one row ends at its result, and tiles past the diagonal are skipped', async () => {
  const shape = { B: 1, H: 2, Hkv: 1, S: 96, T: 96, D: 16 };
  const inputs = await random(shape, 'f32', 1, signal);
  const scope = device.root.child('test');
  const problem = problemOf(kernel, inputs, attrs);
  const [head, row] = [1, 40];
  const trace = await traceRow(
    { device, scope },
    uploadAll(device, scope, inputs),
    problem,
    head,
    row,
    { tileQ: 16, tileK: 16 },
    signal,
  );
  const { o, lse } = reference(inputs, attrs, [head * shape.S + row]);
  expect(trace.steps.map(({ visited }) => visited)).toEqual([true, true, true, false, false, false]);
  const last = trace.steps.at(-1)!;
  expect(trace.lse).toBeCloseTo(lse![0]!, 5);
  expect(last.m + Math.log(last.l)).toBeCloseTo(lse![0]!, 5);
  for (let c = 0; c < shape.D; c++) {
    expect(trace.o[c]).toBeCloseTo(o![c]!, 5);
    expect(last.o[c]! / last.l).toBeCloseTo(o![c]!, 5);
  }
  scope.close();
  expect(device.root.live).toBe(0);
});

/** The block number by number, and a run of steps as PyTorch's scaler takes them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { control, controlOf, CONTROL_SIZE } from '@/shaders/lib/control';
import { cases } from './cases';
import { kernel } from './kernel';
import { reference } from './reference';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

test.each(cases.cases)('$name', async (one) => {
  const { attrs } = one;
  const given = one.inputs(new Random(1));
  const found = valuesOf((await run(device, kernel, given, attrs)).control!);
  const expected = reference(given, attrs, [0]).control!;
  for (const [name, i] of Object.entries(control)) {
    const allowed = 1e-6 * Math.abs(expected[i]!);
    expect(Math.abs(found[i]! - expected[i]!), name).toBeLessThanOrEqual(allowed);
  }
});

test('the scale halves on overflow and doubles after the interval; corrections count the steps made', async () => {
  const attrs = { ...cases.cases[0]!.attrs, interval: 3 };
  let block = controlOf({ SCALE: 1024 });
  const scales: number[] = [];
  for (const finite of [true, true, false, true, true, true, false, false, true]) {
    block[control.SQUARES] = 1;
    block[control.NOT_FINITE] = finite ? 0 : 1;
    const outputs = await run(device, kernel, { control: tensor('f32', [CONTROL_SIZE], block) }, attrs);
    block = Float32Array.from(valuesOf(outputs.control!));
    scales.push(block[control.SCALE]!);
    expect(block[control.SKIP]).toBe(finite ? 0 : 1);
  }
  expect(scales).toEqual([1024, 1024, 512, 512, 512, 1024, 512, 256, 256]);
  expect(block[control.STEP]).toBe(6);
  expect(block[control.SKIPPED]).toBe(3);
  expect(block[control.BIAS2]! / (1 - 0.999 ** 6)).toBeCloseTo(1, 6);
});

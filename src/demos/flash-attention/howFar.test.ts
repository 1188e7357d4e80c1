/** Bounds by limits, growth that really runs, and a way out, on a real device. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { howFar, limitOf, type Reach, type Setting } from './howFar';

let device: Device;
beforeAll(async () => {
  // A small cap stands in for a small GPU: 4 MiB hold the scores of about a thousand rows.
  device = await openTestDevice({ memoryCap: 4 * 2 ** 20 });
});
afterAll(() => {
  device.close();
});

const setting: Setting = {
  variant: 'naive',
  dtype: 'f32',
  shape: { B: 1, H: 1, Hkv: 1, D: 16 },
  attrs: { causal: false, scale: null, window: null },
};

test('naive is bounded by one binding for its matrix', () => {
  const { n, why } = limitOf(device, setting);
  const binding = device.caps.limits.maxStorageBufferBindingSize;
  expect(4 * n * n).toBeLessThanOrEqual(binding);
  expect(4 * (n + 4) ** 2).toBeGreaterThan(binding);
  expect(why.en).toMatch(/scores take .*maxStorageBufferBindingSize/);
  expect(why.zh).toMatch(/分数矩阵需要 .*maxStorageBufferBindingSize/);
});

test('it grows until memory ends it, closes in, and gives everything back', async () => {
  const reports: Reach[] = [];
  const scope = device.root.child('test');
  const { signal } = new AbortController();
  const reach = await howFar(device, scope, setting, (r) => reports.push(r), signal);
  expect(reach.end?.kind).toBe('memory');
  const failed = reach.tries.filter(({ outcome }) => outcome === 'failed').map(({ n }) => n);
  expect(reach.best).toBeGreaterThan(768);
  expect(reach.best).toBeLessThan(1024);
  expect(Math.min(...failed)).toBeLessThan(reach.best * 1.15);
  expect(
    reach.tries.filter(({ outcome }) => outcome === 'ran').every(({ ms }) => ms !== null && ms > 0),
  ).toBe(true);
  expect(reports.some(({ trying }) => trying === 512)).toBe(true);
  scope.close();
  expect(device.root.live).toBe(0);
});

test('cancelling ends it and gives everything back', async () => {
  const ending = new AbortController();
  const scope = device.root.child('test');
  const going = howFar(device, scope, setting, () => ending.abort(), ending.signal);
  await expect(going).rejects.toThrow();
  scope.close();
  expect(device.root.live).toBe(0);
});

/** Counted on a real device: flash follows N²d²/M, causal is near half of it, and the naive kernels move far more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { trafficOverTiles } from './traffic';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

test('counts follow the law over tile sizes', async () => {
  const shape = { B: 1, H: 1, Hkv: 1, S: 512, T: 512, D: 64 };
  const attrs = { causal: false, scale: null, window: null };
  const { signal } = new AbortController();
  const scope = device.root.child('test');
  const full = await trafficOverTiles({ device, scope }, shape, attrs, signal);
  const causal = await trafficOverTiles({ device, scope }, shape, { ...attrs, causal: true }, signal);
  scope.close();
  expect(device.root.live).toBe(0);

  const { points } = full;
  expect(new Set(points.map(({ rows }) => rows)).size).toBeGreaterThan(2);
  points.forEach(({ counted, predicted, onChipBytes }, i) => {
    // q and o come and go whole; scores, row maxima and padding take memory too; some tiles have more queries than keys.
    expect(counted / predicted).toBeGreaterThan(0.7);
    expect(counted / predicted).toBeLessThan(2);
    expect(causal.points[i]!.counted / counted).toBeLessThan(0.65);
    if (i > 0) expect(onChipBytes).toBeGreaterThan(points[i - 1]!.onChipBytes);
  });
  expect(points[0]!.counted / points.at(-1)!.counted).toBeGreaterThan(3);
  expect(full.naive! / points.at(-1)!.counted).toBeGreaterThan(10);
});

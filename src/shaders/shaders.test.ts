/** Every kernel, variant and case against its float64 reference, on this machine's adapter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkKernel, type CheckRow } from '@/gpu/check';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { kernelNames, loadKernel } from './index';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

describe.each(kernelNames())('%s', (name) => {
  test('every variant and case', { timeout: 900_000 }, async () => {
    const room = await loadKernel(name);
    const rows: CheckRow[] = [];
    for await (const row of checkKernel(device, room)) rows.push(row);
    expect(rows.filter((row) => row.status === 'fail')).toEqual([]);
    expect(rows.some((row) => row.status === 'pass')).toBe(true);
    expect(device.root.live).toBe(0);
  });

  test('random shapes and attributes', { timeout: 600_000 }, async () => {
    const room = await loadKernel(name);
    for await (const row of checkKernel(device, room, { cases: [], random: 8, seed: 7 })) {
      expect(row.status === 'fail' ? row : undefined).toBeUndefined();
    }
  });
});

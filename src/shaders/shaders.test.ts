/** Every kernel, variant and case against its float64 reference, on this machine's adapter. */
import { describe, expect, test } from 'vitest';
import { checkKernel, type CheckOptions, type CheckRow } from '@/gpu/check';
import { compileQuickly, openTestDevice } from '@/gpu/testing';
import { kernelNames, loadKernel } from './index';

compileQuickly();

/** On a device of its own: a CPU adapter compiles on the device's thread, so that kernels take turns on all cores. */
async function rowsOf(name: string, options?: CheckOptions): Promise<CheckRow[]> {
  const device = await openTestDevice();
  try {
    const rows: CheckRow[] = [];
    for await (const row of checkKernel(device, await loadKernel(name), options)) rows.push(row);
    expect(device.root.live).toBe(0);
    return rows;
  } finally {
    device.close();
  }
}

describe.concurrent.each(kernelNames())('%s', (name) => {
  test('every variant and case', { timeout: 900_000 }, async () => {
    const rows = await rowsOf(name);
    expect(rows.filter((row) => row.status === 'fail')).toEqual([]);
    expect(rows.some((row) => row.status === 'pass')).toBe(true);
  });

  test('random shapes and attributes', { timeout: 600_000 }, async () => {
    const rows = await rowsOf(name, { cases: [], random: 8, seed: 7 });
    expect(rows.filter((row) => row.status === 'fail')).toEqual([]);
  });
});

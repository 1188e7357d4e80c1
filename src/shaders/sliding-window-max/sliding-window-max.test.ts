/** The textbook's answer, exactness to the bit, clear errors, splitting, and the CPU's deque on its own row ranges. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { problemOf } from '@/gpu/bind';
import { baseline } from './baseline';
import { cases } from './cases';
import { dims, type WindowAttrs } from './dims';
import { stepsOf } from './doubling';
import { kernel } from './kernel';
import { reference } from './reference';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const variants = Object.keys(kernel.variants);
const series = (values: readonly number[], dtype: 'f32' | 'i32' = 'f32'): HostTensor =>
  tensor(dtype, [values.length], values);
async function slide(x: HostTensor, k: WindowAttrs['k'], variant: string): Promise<number[]> {
  const { y } = await run(device, kernel, { x }, { k }, { variant });
  return [...valuesOf(y!)];
}

describe.each(variants)('%s', (variant) => {
  test('the textbook example', async () => {
    const x = [1, 3, -1, -3, 5, 3, 6, 7];
    expect(await slide(series(x), 3, variant)).toEqual([3, 3, 5, 5, 6, 7]);
    expect(await slide(series(x, 'i32'), [3], variant)).toEqual([3, 3, 5, 5, 6, 7]);
  });

  test('subnormals, both zeros and the ends of the range come through bit by bit', async () => {
    const lowest = -3.4028234663852886e38;
    const tiny = 2 ** -149;
    expect(await slide(series([-tiny, -0, lowest, tiny, -1, lowest, lowest]), 2, variant)).toEqual([
      -0,
      -0,
      tiny,
      tiny,
      -1,
      lowest,
    ]);
    const least = -(2 ** 31);
    expect(await slide(series([least, least, least + 1, 2 ** 31 - 1], 'i32'), 2, variant)).toEqual([
      least,
      least + 1,
      2 ** 31 - 1,
    ]);
  });

  test('a box of an image', async () => {
    const x = tensor('i32', [3, 4], [1, 2, 3, 4, 9, 0, 0, 5, 7, 8, 0, 6]);
    expect(await slide(x, [2, 3], variant)).toEqual([9, 5, 9, 8]);
    expect(await slide(x, 2, variant)).toEqual([9, 3, 5, 9, 8, 6]);
  });

  test('more workgroups than one dispatch may have', async () => {
    const limits = device.caps.limits as Record<string, number>;
    const most = limits.maxComputeWorkgroupsPerDimension!;
    limits.maxComputeWorkgroupsPerDimension = 7;
    try {
      for (const shape of [[60_000], [200, 301], [200, 300]]) {
        const attrs = { k: 21 };
        const x = tensor('f32', shape, new Random(3).normals(shape.reduce((a, b) => a * b)));
        const { y } = await run(device, kernel, { x }, attrs, { variant });
        const rows = Array.from({ length: kernel.rows(problemOf(kernel, { x }, attrs)) }, (_, row) => row);
        expect(Float64Array.from(valuesOf(y!))).toEqual(reference({ x }, attrs, rows).y);
      }
    } finally {
      limits.maxComputeWorkgroupsPerDimension = most;
    }
  });
});

test.each([
  [[8], 9, 'attribute "k" is 9; allowed: a whole number from 1 to 8, the length of x'],
  [[8], 0, 'a whole number from 1 to 8'],
  [[8], -1, 'a whole number from 1 to 8'],
  [[8], 2.5, 'a whole number from 1 to 8'],
  [[8], null, 'attribute "k" is null'],
  [[8], [], 'a whole number from 1 to 8'],
  [[8], [2, 2], 'attribute "k" is [2,2]; allowed: a whole number from 1 to 8'],
  [[4, 6], 5, 'a whole number from 1 to 4, or [kh, kw] with kh from 1 to 4 and kw from 1 to 6'],
  [[4, 6], [5, 1], 'kh from 1 to 4'],
  [[4, 6], [1, 7], 'kw from 1 to 6'],
  [[4, 6], [1, 1, 1], 'kh from 1 to 4'],
  [[0], 1, 'input "x" has shape [0]'],
  [[2, 2, 2], 1, 'input "x" has shape [2, 2, 2]; needed: [n] or [h, w]'],
])('x [%s], k = %j is refused with what is allowed', (shape, k, message) => {
  expect(() => kernel.infer({ x: { dtype: 'f32', shape } }, { k })).toThrow(message);
});

test('k = n is one maximum, k = 1 a copy', () => {
  expect(dims({ inputs: { x: { shape: [8] } }, attrs: { k: 8 } })).toMatchObject({ outW: 1 });
  expect(dims({ inputs: { x: { shape: [8] } }, attrs: { k: 1 } })).toMatchObject({ outW: 8 });
});

test('doubling takes ⌈log₂ k⌉ passes, one where there is nothing to do', () => {
  const passes = (k: number): number => stepsOf({ count: 1000, step: 1, k }).length;
  expect([1, 2, 3, 4, 5, 8, 9, 1000].map(passes)).toEqual([1, 1, 2, 2, 3, 3, 4, 10]);
});

test('dispatches of the blockwise variants cost no more as the window grows', () => {
  const cost = (variant: string, k: number): number =>
    kernel.variants[variant]!.plan(
      problemOf(kernel, { x: { dtype: 'f32', shape: [1 << 22] } }, { k }),
      device.caps,
    ).passes.reduce((sum, pass) => sum + pass.flops, 0);
  for (const variant of ['van-herk', 'register']) {
    // Only the levels above the first are added.
    for (const k of [1000, 10_000, 100_000]) expect(cost(variant, k) / cost(variant, 100)).toBeLessThan(1.1);
  }
  expect(cost('naive', 1000) / cost('naive', 10)).toBeGreaterThan(90);
});

describe('the CPU’s deque', () => {
  test.each(cases.cases.map((c) => [c.name, c] as const))('%s', (_, test) => {
    const { attrs } = test;
    const { x } = test.inputs(new Random(5)) as { x: HostTensor };
    if (x.data.length > 1 << 20) return;
    const total = kernel.rows(problemOf(kernel, { x }, attrs));
    const expected = reference(
      { x },
      attrs,
      Array.from({ length: total }, (__, row) => row),
    ).y!;
    const given = { x: { shape: x.shape, data: x.data as Float32Array } };
    const whole = baseline(given, attrs, [0, total]).y!;
    expect(Float64Array.from(whole).every((v, i) => v === expected[i])).toBe(true);
    const width = expected.length / total;
    for (const [start, end] of [
      [Math.floor(total / 3), total],
      [0, Math.ceil(total / 2)],
      [total - 1, total],
    ] as const) {
      expect(baseline(given, attrs, [start, end]).y).toEqual(whole.slice(start * width, end * width));
    }
  });
});

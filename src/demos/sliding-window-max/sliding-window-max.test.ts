/** The demo's own parts: numbers out of text, the deque's steps, rules, what the view draws from, a run from end to end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import { problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import type { DemoDecl } from '@/lab/demo';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { applyRules } from '@/lab/validate';
import { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import { cpuWorker } from '@/shaders/cpu-worker';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import { demo } from './demo';
import { dequeSteps } from './deque';
import { makeInput } from './input';
import { parseNumbers } from './numbers';
import { params as schema, type Params } from './params';
import { create, createCpu } from './run';

const { signal } = new AbortController();
const defaults: Params = defaultsOf(schema);
const ownFile = { name: 'own.csv', bytes: 1, sha256: '0'.repeat(64) };
const read = async (
  text: string,
  patch: Partial<Params> = {},
): Promise<{ shape: readonly number[]; values: number[] }> => {
  const x = await makeInput(
    { data: new TextEncoder().encode(text) },
    { ...defaults, source: 'file', data: ownFile, ...patch },
    signal,
  );
  return { shape: x.shape, values: [...valuesOf(x)] };
};

describe('numbers out of text', () => {
  test.each([
    ['1, 3, -1', [1, 3, -1]],
    ['[1,3,−1]', [1, 3, -1]],
    ['a;b\n1.5;2e3\r\n-.5;+4', [1.5, 2000, -0.5, 4]],
    ['\uFEFF7\t8\n\n9', [7, 8, 9]],
    ['"1","2"', [1, 2]],
  ])('%j', (text, expected) => {
    expect([...parseNumbers(text, 'x', 100).values]).toEqual(expected);
  });

  test.each([
    ['', 'there is no number in it'],
    ['1, two, 3', 'line 1: "two" is not a number'],
    ['1\n2\nNaN', 'line 3: "NaN"'],
    ['1e39', '"1e39"'],
    ['1 2 3 4', 'more than 3 numbers'],
    ['0x10', 'there is no number in it'],
  ])('%j is refused', (text, message) => {
    expect(() => parseNumbers(text, 'x', 3)).toThrow(message);
  });

  test('an image has a line for each row, all as long', async () => {
    expect(await read('1,2,3\n4,5,6', { shape: '2d' })).toEqual({
      shape: [2, 3],
      values: [1, 2, 3, 4, 5, 6],
    });
    expect((await read('1,2\n3', { shape: '1d' })).shape).toEqual([3]);
    await expect(read('1,2\n3', { shape: '2d' })).rejects.toThrow('the first has 2, row 2 1');
  });

  test('i32 keeps every whole number and refuses what it cannot hold', async () => {
    expect((await read('16777217, -2147483648', { dtype: 'i32' })).values).toEqual([16777217, -2147483648]);
    await expect(read('2147483648', { dtype: 'i32' })).rejects.toThrow('outside the range of i32');
  });
});

describe('seeded samples', () => {
  test('a longer series begins with the shorter one, and seeds differ', async () => {
    const at = async (patch: Partial<Params>): Promise<number[]> => [
      ...valuesOf(await makeInput({}, { ...defaults, source: 'walk', n: 100, ...patch }, signal)),
    ];
    expect((await at({ n: 200 })).slice(0, 100)).toEqual(await at({}));
    expect(await at({ seed: 2 })).not.toEqual(await at({}));
    expect(await at({ source: 'random' })).not.toEqual(await at({}));
  });

  test('an image is a square of at most n', async () => {
    for (const source of ['random', 'walk'] as const) {
      const x = await makeInput({}, { ...defaults, source, shape: '2d', n: 1000 }, signal);
      expect(x.shape).toEqual([31, 31]);
      expect(valuesOf(x).every(Number.isFinite)).toBe(true);
    }
  });
});

test('the deque holds falling values and gives every maximum', () => {
  const random = new Random(9);
  for (const k of [1, 2, 3, 7, 40]) {
    const x = Array.from({ length: 40 }, () => random.int(-3, 3));
    for (const { i, held, output } of dequeSteps(x, k)) {
      for (let n = 1; n < held.length; n++) expect(x[held[n]!]!).toBeLessThan(x[held[n - 1]!]!);
      expect(held.every((place) => place > i - k && place <= i)).toBe(true);
      expect(output).toBe(i < k - 1 ? null : Math.max(...x.slice(i - k + 1, i + 1)));
    }
  }
});

test.each([
  [{ source: 'textbook', k: 9 }, 'k', 8],
  [{ source: 'random', n: 100, k: 101 }, 'k', 100],
  [{ source: 'random', n: 100, shape: '2d', k: 11 }, 'k', 10],
  [{ source: 'file' }, 'source', 'textbook'],
] as const)('%j is corrected', (patch, param, value) => {
  const { params, notices } = applyRules(demo as unknown as DemoDecl, { ...defaults, ...patch });
  expect(params[param]).toBe(value);
  expect(notices.map((notice) => notice.param)).toEqual([param]);
});

test('without a GPU the deque computes, is checked, and the blocks are the same', async () => {
  const pool = new Pool(2, () => ({ worker: cpuWorker(), terminate: () => undefined }));
  const patch = { source: 'random', shape: '2d', n: 900, k: 4 } as const;
  const session = await createCpu({ pool, files: {} }, { ...defaults, ...patch }, signal);
  expect(await session.step(1, signal)).toMatchObject({ samples: 900, windows: 729 });
  expect(await session.verify(signal)).toMatchObject([{ pass: true, rowsChecked: 27, rows: 27 }]);
  const found = [];
  for await (const m of session.measure({ params: { ...defaults, ...patch }, budgetMs: 1000 }, signal)) {
    found.push([m.device, m.variant]);
  }
  expect(found).toEqual([
    ['cpu', 'one-core'],
    ['cpu', 'all-cores'],
  ]);
  const { x, g, h, y } = await session.trace(30, 10, 4);
  expect(y).toEqual(y.map((_, i) => Math.max(...x.slice(i, i + 4))));
  expect([g[3], h[4], g.length, h.length, y.length]).toEqual([h[0], g[7], 10, 10, 7]);
});

describe('a session', () => {
  let device: Device;
  const pool = new Pool(2, () => ({ worker: cpuWorker(), terminate: () => undefined }));
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.close();
  });
  const contextOf = (files: Context['files'] = {}): Context => {
    return {
      device,
      scope: device.root.child('test'),
      pool,
      tuner: new Tuner(memoryStore()),
      shipped,
      files,
    };
  };

  test('the example, its metrics, its check, its measurements; nothing stays behind', async () => {
    const ctx = contextOf();
    const session = await create(ctx, defaults, signal);
    expect(await session.step(1, signal)).toMatchObject({ samples: 8, windows: 6, naive: 12, blocks: 24 });
    expect([...valuesOf(await session.read('y'))]).toEqual([3, 3, 5, 5, 6, 7]);
    const live = device.root.live;
    expect(await session.verify(signal)).toMatchObject([{ pass: true, rowsChecked: 6, maxAbsError: 0 }]);
    const found = [];
    for await (const m of session.measure({ params: defaults, budgetMs: 1000 }, signal))
      found.push(m.variant);
    expect(found).toEqual(['naive', 'doubling', 'van-herk', 'register', 'one-core', 'all-cores']);
    expect(session.update({ ...defaults, k: 5 }, ['k'])).toBe('live');
    await session.step(1, signal);
    expect([...valuesOf(await session.read('y'))]).toEqual([5, 5, 6, 7]);
    // Four maxima now take one vec4 less than six.
    expect(device.root.live).toBe(live - 16);
    expect(session.update({ ...defaults, seed: 5 }, ['seed'])).toBe('restart');
    ctx.scope.close();
    expect(device.root.live).toBe(0);
  });

  test('the variants compete on the current samples, and the winner is what auto means', async () => {
    const ctx = contextOf();
    const session = await create(ctx, { ...defaults, source: 'random', n: 5000, k: 9 }, signal);
    const live = device.root.live;
    const { winner, entries } = await session.tune(signal);
    expect(entries.map(({ variant }) => variant).sort()).toEqual(Object.keys(kernel.variants).sort());
    const problem = problemOf(kernel, { x: session.x }, { k: 9 });
    expect(await ctx.tuner.pick(device, kernel, problem)).toEqual({ variant: winner, tuned: true });
    expect(device.root.live).toBe(live);
    ctx.scope.close();
  });

  test('a window longer than the reader’s own numbers is a clear error', async () => {
    const ctx = contextOf({ data: new TextEncoder().encode('1 2 3') });
    const session = await create(ctx, { ...defaults, source: 'file', data: ownFile, k: 4 }, signal);
    await expect(session.step(1, signal)).rejects.toThrow(
      'attribute "k" is 4; allowed: a whole number from 1 to 3',
    );
    ctx.scope.close();
  });

  test.each(['f32', 'i32'] as const)('the blocks that are drawn are the kernel’s own, %s', async (dtype) => {
    const ctx = contextOf();
    const session = await create(ctx, { ...defaults, source: 'random', n: 100, dtype }, signal);
    const k = 7;
    const { x, g, h, y } = await session.trace(10, 24, k, signal);
    expect(x).toEqual([...valuesOf(session.x)].slice(10, 34));
    x.forEach((_, i) => {
      const block = i - (i % k);
      expect(g[i]).toBe(Math.max(...x.slice(block, i + 1)));
      expect(h[i]).toBe(Math.max(...x.slice(i, block + k)));
    });
    expect(y).toEqual(x.slice(0, 18).map((_, i) => Math.max(h[i]!, g[i + k - 1]!)));
    ctx.scope.close();
  });

  test.each([
    [{ source: 'walk', n: 5000, k: 50 }, 'series'],
    [{ shape: '2d', k: 9 }, 'image'],
  ] as const)('%j is painted: a %2$s', async (patch, _) => {
    const ctx = contextOf();
    const session = await create(ctx, { ...defaults, ...patch }, signal);
    await session.step(1, signal);
    const [width, height] = [256, 128];
    const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
    const texture = device.gpu.createTexture({ size: [width, height], format: 'rgba8unorm', usage });
    session.draw(texture, { x: 0.5, y: 0.5, zoom: 1, width, height, dark: false });
    const buffer = ctx.scope.buffer(
      'read',
      4 * width * height,
      GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    );
    const encoder = device.gpu.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: 4 * width }, [width, height]);
    device.gpu.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const colours = new Set(new Uint32Array(buffer.getMappedRange()));
    expect(colours.size).toBeGreaterThanOrEqual(3);
    texture.destroy();
    ctx.scope.close();
  });
});

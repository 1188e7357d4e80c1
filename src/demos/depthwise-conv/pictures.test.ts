/** Filters and feature maps on a real device: right against float64, live, frame after frame, and gone afterwards. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import type { Image } from '@/lib/image';
import { Pool } from '@/lib/pool';
import { valuesOf } from '@/lib/tensor';
import { models, shippedSigns } from '@/models/vision/models';
import { cpuWorker } from '@/shaders/cpu-worker';
import { demo } from './demo';
import { FeatureSession } from './featureSession';
import { filterOf, parseTaps } from './filters';
import { FilterSession } from './filterSession';
import { loadZoo } from './networks';
import { params as schema, type Params } from './params';
import { drawn } from './picture';
import { admit } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});
const open = (files: Context['files'] = {}): Context => ({
  ...{ device, pool, files },
  scope: device.root.child('demo'),
  tuner: new Tuner(memoryStore()),
  shipped,
});
const bytes = (text: string) => new TextEncoder().encode(text);
const small = { width: 24, height: 18 };
/** White right of the middle. */
const step: Image = {
  ...small,
  data: Uint8ClampedArray.from({ length: 4 * 24 * 18 }, (_, i) =>
    i % 4 === 3 || (i >> 2) % 24 >= 12 ? 255 : 0,
  ),
};

test('every network of the zoo is offered, and none besides', () => {
  expect(Object.keys(schema.network.options).sort()).toEqual(models.map(({ name }) => name).sort());
});

test('windows are read as 9 or 25 numbers; anything else is refused with what is needed', async () => {
  expect(parseTaps(bytes('0, 1 0\n1 -4 1\n0;1;0'), 'own.csv')).toEqual({
    k: 3,
    values: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  });
  expect(() => parseTaps(bytes('1, 2, 3'), 'own.csv')).toThrow('it has 3 numbers; needed: 9 or 25');
  expect(() => parseTaps(bytes('1,2,x,4,5,6,7,8,9'), 'own.csv')).toThrow('every entry must be a number');
  await expect(admit('taps', bytes('1'), { name: 'own.csv' })).rejects.toThrow('9 or 25');
  await expect(admit('weights', bytes('no weights'), { name: 'w.safetensors' })).rejects.toThrow(
    'w.safetensors',
  );
  await expect(admit('image', bytes('no image'), { name: 'cat.jpg' })).rejects.toThrow('cat.jpg');
});

test('classical windows add up to what they should', () => {
  const sum = (filter: Params['filter']): number =>
    filterOf({ ...defaults, filter }, undefined).taps.values.reduce((a, b) => a + b, 0);
  for (const filter of ['identity', 'gaussian', 'sharpen'] as const) expect(sum(filter)).toBeCloseTo(1, 12);
  for (const filter of ['sobel', 'sobel-x', 'sobel-y', 'laplacian'] as const)
    expect(sum(filter)).toBeCloseTo(0, 12);
});

test('filters are right, move live and take frames of another size; nothing stays behind', async () => {
  const ctx = open();
  const params: Params = { ...defaults, show: 'filters', filter: 'identity' };
  const session = new FilterSession(ctx, params, step, undefined);
  await session.step(1, signal);
  const [x, y] = [valuesOf(await session.read('x')), valuesOf(await session.read('y'))];
  expect([...y]).toEqual([...x]);
  expect(session.update({ ...params, filter: 'sobel-x' }, ['filter'])).toBe('live');
  await session.step(1, signal);
  const edges = valuesOf(await session.read('y'));
  // A step from black to white answers 1 at both pixels of the edge, in the middle row.
  const row = Array.from({ length: 22 }, (_, c) => edges[4 * (9 * 24 + c + 1)]);
  expect(row).toEqual(Array.from({ length: 22 }, (_, c) => (c === 10 || c === 11 ? 1 : 0)));
  expect(await session.verify(signal)).toMatchObject([{ name: 'filter.y', pass: true, rows: 24 * 18 }]);
  const live = device.root.live;
  await session.show({ ...step, data: step.data.map((v, i) => (i % 4 === 3 ? 255 : 255 - v)) }, signal);
  expect(valuesOf(await session.read('y'))[4 * (9 * 24 + 11)]).toBe(-1);
  expect(device.root.live).toBe(live);
  await session.show(drawn({ width: 40, height: 30 }), signal);
  expect((await session.read('y')).shape).toEqual([1, 30, 40, 4]);
  expect(session.update({ ...params, filter: 'learned' }, ['filter'])).toBe('restart');
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('learned windows come from a network’s depthwise layers', async () => {
  const ctx = open();
  const params: Params = {
    ...{ ...defaults, show: 'filters', filter: 'learned', network: 'mobilenet-v1-x0.25' },
    ...{ depthwise: 2, channel: 9999 },
  };
  const zoo = await loadZoo(ctx, params);
  expect(zoo.from).toBe('seed');
  const session = new FilterSession(ctx, params, step, zoo);
  expect(session.windows).toHaveLength(32);
  expect(session.channel).toBe(31);
  await session.step(1, signal);
  expect(await session.verify(signal)).toMatchObject([{ pass: true }]);
  expect(session.filter.taps.values.reduce((sum, v) => sum + Math.abs(v), 0)).toBeCloseTo(2, 6);
  ctx.scope.close();
});

test('feature maps of first and last layers are right, and the layer moves live', async () => {
  const ctx = open();
  const params: Params = { ...defaults, show: 'features', network: 'mobilenet-v1-x0.25' };
  const session = new FeatureSession(ctx, params, drawn(), await loadZoo(ctx, params));
  // The stem and thirteen pairs.
  expect(session.layers).toHaveLength(27);
  expect(await session.step(1, signal)).toMatchObject({ layers: 27, 'map-height': 112, 'map-channels': 8 });
  const good = [
    { pass: true, name: 'features.image.y' },
    { pass: true, name: 'features.layers' },
    { pass: true, name: 'features.y', relError: 0 },
  ];
  expect(session.wholeIsVerified).toBe(true);
  expect(await session.verify(signal)).toMatchObject(good);
  const live = device.root.live;
  expect(session.update({ ...params, layer: 999 }, ['layer'])).toBe('live');
  expect(await session.step(1, signal)).toMatchObject({ 'map-height': 7, 'map-channels': 256 });
  expect(await session.verify(signal)).toMatchObject(good);
  const before = [...valuesOf(await session.read('y'))];
  expect(before.some((v) => v > 0)).toBe(true);
  await session.show(step, signal);
  expect([...valuesOf(await session.read('y'))]).not.toEqual(before);
  session.update(params, ['layer']);
  await session.step(1, signal);
  await session.show(drawn(), signal);
  expect(device.root.live).toBe(live);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('where too much would have to be kept, the layer shown is held against float64 alone', async () => {
  const ctx = open();
  const params: Params = { ...defaults, show: 'features', network: 'mobilenet-v1-x0.25', layer: 5 };
  const session = new FeatureSession(ctx, params, drawn(), await loadZoo(ctx, params), 2 ** 20);
  await session.step(1, signal);
  expect(session.wholeIsVerified).toBe(false);
  expect(await session.verify(signal)).toMatchObject(Array.from({ length: 3 }, () => ({ pass: true })));
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('weights of another network are refused by name', async () => {
  const params: Params = { ...defaults, network: 'mobilenet-v2' };
  const { writeSafetensors } = await import('@/lib/safetensors');
  const files = { weights: writeSafetensors([]) };
  await expect(loadZoo({ files, shipped }, params)).rejects.toThrow('mobilenet-v2');
});

test('the classifier of signs comes with its own weights: windows and maps of a trained network', async () => {
  const ctx = open();
  const params: Params = { ...defaults, show: 'features', network: 'efficientnet-signs', layer: 3 };
  const zoo = await loadZoo(ctx, params);
  expect(zoo.from).toBe('site');
  const record: unknown = JSON.parse(await readFile('public/weights/signs-efficientnet.json', 'utf8'));
  const { width, depth, resolution } = shippedSigns;
  expect(record).toMatchObject({ network: { width, depth, resolution } });
  const session = new FeatureSession(ctx, params, drawn(), zoo);
  await session.step(1, signal);
  expect(await session.verify(signal)).toMatchObject(Array.from({ length: 3 }, () => ({ pass: true })));
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

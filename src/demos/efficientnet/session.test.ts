/** EfficientNet as the laboratory drives it: counts, checks, times, what does not fit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import type { DemoDecl } from '@/lab/demo';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { applyRules } from '@/lab/validate';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { Pool } from '@/lib/pool';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf } from '@/lib/tensor';
import { scaled, scalings, type Scaling } from '@/models/vision/efficientnet';
import { madeWeights } from '@/models/vision/made';
import { tensorsOf } from '@/models/vision/names/names';
import { timm } from '@/models/vision/names/timm';
import { efficientnet as torchvision } from '@/models/vision/names/torchvision';
import { pictureOf } from '@/models/vision/picture';
import { cpuWorker } from '@/shaders/cpu-worker';
import { currentOf } from './current';
import { demo } from './demo';
import { growthOf, type Params } from './params';
import { dimensions, nearest } from './dimension';
import { byKind } from './profile';
import { pathsOf } from './grid';
import { signPicture } from './recognise';
import { efficientnetIn } from './checkpoint';
import { admit, create, createCpu, needs } from './run';
import { nearestPhi, scalesOf } from './scaling';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
const small: Params = { ...defaults, resolution: 32 };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const open = (on = device): Context => ({
  device: on,
  scope: on.root.child('demo'),
  pool,
  tuner: new Tuner(memoryStore()),
  shipped,
  files: {},
});

test('published networks have the published sizes, whatever the sliders say', () => {
  for (const [name, [width, depth, resolution]] of Object.entries(scalings))
    expect(scalesOf({ ...defaults, network: name as Scaling, phi: 4 })).toEqual({ width, depth, resolution });
});

test('the φ named beside a published network costs more nearly as much than those of the slider beside it', () => {
  const macs = (own: Partial<Params>): number => currentOf({ ...defaults, ...own }).counts.macs;
  for (const [network, phi] of Object.entries(nearestPhi)) {
    const published = macs({ network: network as Scaling });
    const off = [phi, phi - 0.1, phi + 0.1]
      .filter((each) => each >= 0)
      .map((each) => Math.abs(Math.log(macs({ phi: each }) / published)));
    expect([network, off.indexOf(Math.min(...off))]).toEqual([network, 0]);
  }
});

test('φ doubles the work, about, under the constraint, and so does any dimension by itself', () => {
  const base = currentOf(defaults).counts;
  for (const own of [
    { alpha: 1.2, beta: 1.1, gamma: 1.15 },
    { alpha: 2, beta: 1, gamma: 1 },
    { alpha: 1, beta: Math.SQRT2, gamma: 1 },
    { alpha: 1, beta: 1, gamma: Math.SQRT2 },
  ]) {
    const { counts } = currentOf({ ...defaults, ...own, phi: 2 });
    const expected = growthOf(own) ** 2;
    // Layers are rounded upwards, three of 1.44 · 2; depthwise layers grow with the width, not with its square.
    expect(Math.abs(counts.macs / base.macs / expected - 1)).toBeLessThan(0.3);
  }
  const wide = currentOf({ ...defaults, alpha: 1, beta: Math.SQRT2, gamma: 1, phi: 2 }).counts;
  const fine = currentOf({ ...defaults, alpha: 1, beta: 1, gamma: Math.SQRT2, phi: 2 }).counts;
  expect(wide.parameters).toBeGreaterThan(3 * base.parameters);
  expect(fine.parameters).toBe(base.parameters);
  expect(fine.activations.shared).toBeGreaterThan(3.8 * base.activations.shared);
});

test('a network that would be too large gives way, and says to what', () => {
  const { params, notices } = applyRules(demo as unknown as DemoDecl, { ...defaults, alpha: 2, phi: 7 });
  expect(params.phi).toBe(4.1);
  expect(notices[0]!.text.en).toMatch(/0 to 4\.1 at these α, β and γ/);
});

test('on the GPU: verified against double precision, timed, and the CPU’s walk gives the same logits', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  const metrics = await session.step(1, signal);
  expect(metrics).toMatchObject({ parameters: 5_288_548, resolution: 32, width: 1, depth: 1 });
  const [check] = await session.verify(signal);
  expect(check).toMatchObject({ pass: true, tolerance: 1e-4 });
  const steps: number[] = [];
  const { timeMs, peakBytes } = await session.time(currentOf(small), signal, (done) => steps.push(done));
  expect(timeMs.samples).toBeGreaterThanOrEqual(3);
  expect(peakBytes).toBeGreaterThan(4 * 5_288_548);
  expect(steps.length).toBeGreaterThan(3);
  // What a pass takes is known from the last: B0 at seven times the side takes about 40 times as long.
  const ratio = session.expectedMs(currentOf(defaults)) / session.expectedMs(currentOf(small));
  expect(ratio).toBeGreaterThan(30);
  const found = valuesOf(await session.read('logits'));
  ctx.scope.close();
  expect(device.root.live).toBe(0);
  const onCpu = await createCpu({ pool, files: {} }, small, signal);
  await onCpu.step(1, signal);
  expect((await onCpu.verify(signal))[0]).toMatchObject({ pass: true });
  const expected = valuesOf(await onCpu.read('logits'));
  expect(compare(found, expected).relError).toBeLessThan(1e-5);
});

test('what does not fit is refused with a sentence, and the offered resolution fits', async () => {
  const CAP = 80 * 2 ** 20;
  const tight = await openTestDevice({ memoryCap: CAP });
  const ctx = open(tight);
  const params: Params = { ...defaults, network: 'scaled', phi: 1 };
  const session = await create(ctx, params, signal);
  const refused: unknown = await session.time(currentOf(params), signal).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LabError);
  expect((refused as LabError).sentence('en')).toMatch(/out of GPU memory/);
  const offer = (await session.largest(params, refused as LabError))!;
  expect(offer.param).toBe('resolution');
  const fitting = { ...params, resolution: offer.value };
  const bytes = await needs({ device: tight, tuner: ctx.tuner }, fitting);
  expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(CAP);
  await session.time(currentOf(fitting), signal);
  const beyond = { ...params, resolution: offer.value + 4 };
  await expect(session.time(currentOf(beyond), signal)).rejects.toThrow(/out of GPU memory/);
  tight.close();
});

test('a cancelled measurement ends and leaves nothing behind', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  const controller = new AbortController();
  const running = session.time(currentOf(small), controller.signal, (done) => {
    if (done === 2) controller.abort();
  });
  await expect(running).rejects.toThrow(/abort/i);
  expect(ctx.scope.live).toBe(0);
  ctx.scope.close();
});

test('every layer of a pass is timed, and their memory stays within what is planned', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  let last = 0;
  const { layers, wholeMs } = await session.profile(signal, (done, total) => (last = done / total));
  // Stem, head of three, sixteen blocks of seven layers, the first without an expansion.
  expect(layers).toHaveLength(1 + 3 + 16 * 7 - 1);
  expect(last).toBeGreaterThan(0.9);
  expect(layers[0]).toMatchObject({ name: 'stem', kind: 'stem', shape: [1, 16, 16, 32] });
  expect(layers.at(-1)).toMatchObject({ name: 'head classifier', kind: 'head', shape: [1, 1, 1, 1000] });
  expect(layers.filter(({ kind }) => kind === 'depthwise')).toHaveLength(16);
  expect(wholeMs).toBeGreaterThan(0);
  const sums = byKind({ layers });
  expect(sums.reduce((sum, row) => sum + row.layers, 0)).toBe(layers.length);
  const { activations } = currentOf(small).counts;
  const peak = Math.max(...layers.map(({ aliveBytes }) => aliveBytes));
  expect(peak).toBeLessThanOrEqual(activations.shared);
  expect(layers.reduce((sum, { outputBytes }) => sum + outputBytes, 0)).toBe(activations.apart);
  ctx.scope.close();
}, 60_000);

test('in every dimension there is a network of as many multiply-adds', () => {
  const base = currentOf(small).counts;
  for (const dimension of dimensions) {
    for (const times of [1, 2, 4]) {
      const { counts } = nearest(dimension, times, small)!;
      expect(Math.abs(Math.log2(counts.macs / base.macs / times)), `${dimension} ${times}`).toBeLessThan(0.4);
    }
  }
  const flat = { ...small, alpha: 1, beta: 1, gamma: 1 };
  expect(nearest('all', 4, flat)).toBeUndefined();
});

/** An EfficientNet of weights that nobody trained, as a checkpoint. */
function checkpointOf(width: number, depth: number, classes: number, origin = timm): Uint8Array<ArrayBuffer> {
  const network = scaled(width, depth, classes);
  return writeSafetensors(madeWeights(3, tensorsOf(network, origin.places(network)), 2));
}

test('width and depth are found in the shapes of a checkpoint, whoever named them', () => {
  const narrow = efficientnetIn(checkpointOf(0.35, 0.5, 16), 'signs.safetensors', false);
  expect(narrow.network.stem.outputs).toBe(scaled(0.35, 0.5).stem.outputs);
  expect(narrow.network.stages.map(({ blocks }) => blocks.length)).toEqual([1, 1, 1, 2, 2, 2, 1]);
  expect(narrow.network.classes).toBe(16);
  expect(narrow.name.zh).toBe('宽度 0.35、10 个块的 EfficientNet');
  const b1 = checkpointOf(1, 1.1, 1000, torchvision);
  expect(efficientnetIn(b1, 'b1.safetensors', false)).toMatchObject({
    name: { en: 'efficientnet-b1' },
    resolution: 240,
  });
  const b0 = checkpointOf(1, 1, 10);
  expect(efficientnetIn(b0, 'b0.safetensors', true).origin).toMatchObject({ padding: 'same', eps: 1e-3 });
  const other = writeSafetensors([['conv_stem.weight', tensor('f32', [32, 3, 3, 3], new Float32Array(864))]]);
  expect(() => efficientnetIn(other, 'other.safetensors', false)).toThrow(
    /other.safetensors does not hold efficientnet/,
  );
});

test('an image is classified; its maps add up to the logits, and a covered image is another one', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, sign: 2 }, signal);
  const weights = checkpointOf(0.35, 0.5, 16);
  const shipped = { weights, file: 'signs.safetensors', resolution: 64 };
  const seen = await session.see(shipped, undefined, signal);
  expect(seen.names.map(({ en }) => en)).toContain('stop sign');
  expect(seen.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  expect(seen.mapError).toBeLessThan(1e-5);
  expect(seen.maps.shape).toEqual([1, 2, 2, 16]);
  // What it saw is the picture that it was given.
  const { picture } = signPicture(2, 64);
  const given = new Uint8Array((picture.data as Uint32Array<ArrayBuffer>).buffer);
  expect(Math.max(...seen.pixels.map((value, i) => Math.abs(value - given[i]!)))).toBeLessThanOrEqual(1);
  const steps: number[] = [];
  const found = await session.occlude(
    0,
    () => undefined,
    (done) => steps.push(done),
    signal,
  );
  expect(steps).toEqual([0, 16, 32, 48]);
  expect(found.before).toBeCloseTo(seen.probabilities[0]!, 5);
  expect(found.probability.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(new Set(found.probability).size).toBeGreaterThan(32);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
}, 60_000);

test('a sketch, a 1 × 1 image and a strip are pictures; what is none is refused before the page changes', async () => {
  await expect(admit('image', new TextEncoder().encode('no image'), { name: 'a.png' })).rejects.toThrow(
    /a\.png/,
  );
  await expect(admit('weights', new Uint8Array(3), { name: 'w.safetensors' })).rejects.toThrow(
    /w\.safetensors/,
  );
  const ctx = open();
  const session = await create(ctx, small, signal);
  const shipped = { weights: checkpointOf(0.25, 0.3, 16), file: 'signs.safetensors', resolution: 32 };
  for (const [width, height] of [
    [1, 1],
    [4000, 2],
    [7, 900],
  ] as const) {
    const data = new Uint8ClampedArray(4 * width * height).fill(200);
    const { logits } = await session.see(shipped, pictureOf({ width, height, data }), signal);
    expect(logits.every(Number.isFinite)).toBe(true);
  }
  await expect(session.see(undefined, undefined, signal)).rejects.toThrow(/there are no weights here/);
  ctx.scope.close();
}, 60_000);

test('a point of the grid is trained here: its loss is recorded, it is judged, and cancelling leaves nothing', async () => {
  const ctx = open();
  const session = await create(ctx, small, signal);
  const recipe = {
    width: 0.25,
    depth: 0.3,
    resolution: 32,
    steps: 20,
    batch: 8,
    rate: 4e-3,
    seed: 1,
    strength: 0.5,
    heldOutSeed: 5,
  };
  const told: number[] = [];
  const { curve, accuracy } = await session.learn(recipe, ({ step }) => told.push(step), signal);
  expect(told).toEqual([10, 20, 20]);
  expect(curve.map(({ step }) => step)).toEqual([10, 20]);
  expect(curve.every(({ loss }) => loss > 0 && Number.isFinite(loss))).toBe(true);
  expect(accuracy).toBeGreaterThanOrEqual(0);
  const controller = new AbortController();
  const cut = session.learn(recipe, () => controller.abort(), controller.signal);
  await expect(cut).rejects.toThrow(/abort/i);
  expect(ctx.scope.live).toBe(0);
  ctx.scope.close();
}, 240_000);

test('the ways through the grid start together and grow in one dimension or in all', () => {
  const points = [0.25, 0.5].flatMap((width) =>
    [0.3, 1].flatMap((depth) =>
      [32, 64].map((resolution) => ({
        ...{ width, depth, resolution, parameters: 1, macs: width * depth * resolution },
        ...{ accuracy: 0.5, loss: 1, seconds: 1 },
      })),
    ),
  );
  const ways = pathsOf(points);
  const named = (way: (typeof ways)['all']) => way.map((p) => `${p.width} ${p.depth} ${p.resolution}`);
  expect(named(ways.width)).toEqual(['0.25 0.3 32', '0.5 0.3 32']);
  expect(named(ways.depth)).toEqual(['0.25 0.3 32', '0.25 1 32']);
  expect(named(ways.resolution)).toEqual(['0.25 0.3 32', '0.25 0.3 64']);
  expect(named(ways.all)).toEqual(['0.25 0.3 32', '0.5 1 64']);
});

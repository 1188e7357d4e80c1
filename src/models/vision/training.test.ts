/** Training from a description to a checkpoint that loads like anyone's, on the test adapter. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { download, write } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { tensor, toFloat64, valuesOf } from '@/lib/tensor';
import { inspect, load } from '@/lib/safetensors';
import { loadNetwork } from './checkpoint';
import { scaled } from './efficientnet';
import { prepare } from './inference';
import { modelNamed } from './models';
import { timm } from './names/timm';
import { trainable } from './trainable';
import { heldOut, learn, rateAt, trainVision, type Batch } from './training';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const [ROWS, SIZE, CLASSES] = [8, 16, 2];
const model = {
  ...{ name: 'tiny', resolution: SIZE, origins: [timm] },
  build: (classes: number) => scaled(0.25, 0.1, classes),
};

/** Noise, brighter on the left or on the right. */
function batch(random: Random): Batch {
  const targets = Int32Array.from({ length: ROWS }, () => random.int(0, 1));
  const x = random.normals(ROWS * SIZE * SIZE * 3);
  for (let i = 0; i < x.length; i++) {
    const right = Math.floor(i / 3) % SIZE >= SIZE / 2;
    if (right === (targets[Math.floor(i / (SIZE * SIZE * 3))] === 1)) x[i]! += 1;
  }
  return { x: tensor('f32', [ROWS, SIZE, SIZE, 3], x), targets: tensor('i32', [ROWS], targets) };
}

test('the rate rises for a tenth of the steps and falls to nothing', () => {
  const rates = Array.from({ length: 100 }, (_, i) => rateAt(i, 100, 1));
  expect(rates.indexOf(Math.max(...rates))).toBe(9);
  expect(rates.at(-1)).toBeLessThan(1e-3);
  expect(rateAt(0, 1, 1)).toBe(1);
});

test('it learns, and its checkpoint gives the logits that it was trained to give', async () => {
  const scope = device.root.child('training');
  const learning = await trainVision(device, scope, {
    ...{ network: model.build(CLASSES), origin: timm, shape: { rows: ROWS, size: SIZE } },
    random: new Random(1),
  });
  const images = new Random(2);
  const sofar: number[] = [];
  const curve = await learn(
    learning,
    { steps: 60, rate: 0.01, stretch: 20, batch: () => batch(images) },
    (points) => sofar.push(points.length),
  );
  expect(sofar).toEqual([1, 2, 3]);
  const history = await learning.training.history();
  expect(history).toHaveLength(60);
  expect(curve.at(-1)!.loss).toBeCloseTo(history.slice(40).reduce((sum, { loss }) => sum + loss, 0) / 20, 6);
  const mean = (from: number, to: number): number =>
    history.slice(from, to).reduce((sum, { loss }) => sum + loss, 0) / (to - from);
  expect(mean(50, 60)).toBeLessThan(0.6 * mean(0, 10));

  // With the statistics of one batch, inference is what training computes on that batch.
  const one = batch(new Random(3));
  const bytes = await learning.checkpoint([one], { steps: '60' });
  const { tensors } = inspect(bytes, 'tiny');
  expect([...tensors].filter(([, { shape }]) => shape.length > 1).every(([, t]) => t.stored === 'F16')).toBe(
    true,
  );
  const variance = toFloat64(load(bytes, 'bn1.running_var', tensors.get('bn1.running_var')!, 'tiny'));
  expect(Math.min(...variance)).toBeGreaterThan(0);

  const loaded = loadNetwork(model, bytes, 'tiny');
  const inference = await prepare(device, scope, loaded, [ROWS, SIZE, SIZE]);
  write(device, inference.x, one.x);
  await inference.program.record().run();
  const logits = valuesOf(await download(device, inference.logits));
  learning.training.write('x', one.x);
  learning.training.write('targets', one.targets);
  learning.training.setRate(0);
  await learning.training.step();
  const { loss } = (await learning.training.history()).at(-1)!;
  const own = [...valuesOf(one.targets)].map((target, i) => {
    const [a, b] = [logits[2 * i]!, logits[2 * i + 1]!];
    return Math.log(Math.exp(a - logits[2 * i + target]!) + Math.exp(b - logits[2 * i + target]!));
  });
  // Weights were rounded to f16.
  expect(own.reduce((a, b) => a + b, 0) / ROWS).toBeCloseTo(loss, 1);
  scope.close();

  const others = new Random(4);
  const result = await heldOut(
    device,
    loaded,
    Array.from({ length: 4 }, () => batch(others)),
  );
  expect(result.images).toBe(4 * ROWS);
  expect(result.answers.flat().reduce((a, b) => a + b, 0)).toBe(4 * ROWS);
}, 120_000);

test('networks with pools or halves are refused rather than trained in part', () => {
  const shape = { rows: ROWS, size: SIZE };
  for (const name of ['shufflenet-v2-x1.0', 'googlenet', 'squeezenet-1.1']) {
    const { build, origins } = modelNamed(name)!;
    expect(() => trainable(build(CLASSES), origins[0]!, shape)).toThrow(/no gradient yet/);
  }
  for (const name of ['mobilenet-v1', 'mobilenet-v3-large', 'efficientnet-b1']) {
    const { build, origins } = modelNamed(name)!;
    expect(() => trainable(build(CLASSES), origins[0]!, shape)).not.toThrow();
  }
});

test('statistics need a batch', async () => {
  const scope = device.root.child('training');
  const learning = await trainVision(device, scope, {
    ...{ network: model.build(CLASSES), origin: timm, shape: { rows: ROWS, size: SIZE } },
    random: new Random(1),
  });
  await expect(learning.checkpoint([])).rejects.toThrow(RangeError);
  scope.close();
}, 60_000);

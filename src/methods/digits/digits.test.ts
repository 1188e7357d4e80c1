import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';
import type { Network } from '@/tensor/step';
import { Training } from '@/tensor/training';
import { CLASSES, digitImages } from './digits';

const SIZE = 20;
const ROWS = 64;

test('a seed gives the same images, another one others; every digit comes', () => {
  const a = digitImages(200, SIZE, new Random(1));
  expect(digitImages(200, SIZE, new Random(1))).toEqual(a);
  expect(digitImages(200, SIZE, new Random(2)).images).not.toEqual(a.images);
  expect(new Set(a.labels).size).toBe(CLASSES);
});

test('there is ink in every image, and paper', () => {
  const { images, labels } = digitImages(300, SIZE, new Random(3));
  for (let i = 0; i < labels.length; i++) {
    const image = images.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE);
    const ink = image.filter((v) => v > 0.5).length / image.length;
    expect(ink).toBeGreaterThan(0.015);
    expect(ink).toBeLessThan(0.4);
  }
});

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

/** Layers of these widths with ReLU between them; one layer is a linear classifier. */
function layers(...widths: number[]): Network {
  const sizes = widths.slice(1).map((out, i) => [widths[i]!, out] as const);
  return {
    parameters: sizes.flatMap(([fanIn, out], i): ParameterSpec[] => [
      { name: `${i}.weight`, shape: [fanIn, out], init: normal(fanIn, Math.SQRT2) },
      { name: `${i}.bias`, shape: [out], init: constant(0) },
    ]),
    inputs: {
      x: { dtype: 'f32', shape: [ROWS, widths[0]!] },
      targets: { dtype: 'i32', shape: [ROWS] },
    },
    loss(weight, { x, targets }) {
      const logits = sizes.reduce((h, _, i) => {
        const y = ops.linear(h, weight(`${i}.weight`), weight(`${i}.bias`));
        return i === sizes.length - 1 ? y : ops.relu(y);
      }, x!);
      return ops.crossEntropy(logits, targets!);
    },
  };
}

/** Mean accuracy on fresh images over the last hundred of `steps` steps. */
async function accuracy(network: Network, steps: number, rate: number): Promise<number> {
  const scope = device.root.child('digits');
  const precision = { format: 'f32', master: true } as const;
  const training = await Training.create(device, scope, network, { precision, rate, random: new Random(1) });
  const data = new Random(2);
  for (let i = 0; i < steps; i++) {
    const { images, labels } = digitImages(ROWS, SIZE, data);
    training.write('x', tensor('f32', [ROWS, SIZE * SIZE], images));
    training.write('targets', tensor('i32', [ROWS], labels));
    await training.step();
  }
  const history = await training.history();
  scope.close();
  return history.slice(-100).reduce((sum, step) => sum + step.accuracy, 0) / 100;
}

test('a linear classifier stays below 90 %, two layers get far beyond it', async () => {
  expect(await accuracy(layers(SIZE * SIZE, CLASSES), 800, 0.003)).toBeLessThan(0.9);
  expect(await accuracy(layers(SIZE * SIZE, 256, CLASSES), 800, 0.002)).toBeGreaterThan(0.93);
}, 240_000);

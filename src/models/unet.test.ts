import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { digitImages } from '@/methods/digits/digits';
import { preconditionings } from '@/methods/diffusion/preconditioning';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { Training } from '@/tensor/training';
import { FEATURES, noiseFeatures, unet } from './unet';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

test('a U-Net learns the noise of one batch of digits; it starts at the error of 0', async () => {
  const [rows, size] = [8, 16];
  const network = unet({ rows, size, channels: 16, classes: 10 });
  const precision = { format: 'f32', master: true } as const;
  const scope = device.root.child('unet');
  const training = await Training.create(device, scope, network, {
    ...{ precision, rate: 0.003, random: new Random(1) },
  });
  const random = new Random(2);
  const { images, labels } = digitImages(rows, size, random);
  const { cSkip, cOut, cIn, cNoise } = preconditionings.edm();
  const sigma = 0.5;
  const clean = images.map((v) => 2 * v - 1);
  const noisy = clean.map((v) => v + sigma * random.normal());
  const features = Array.from({ length: rows }, () => [...noiseFeatures(cNoise(sigma))]).flat();
  const target = clean.map((v, i) => (v - cSkip(sigma) * noisy[i]!) / cOut(sigma));
  training.write(
    'x',
    tensor(
      'f32',
      [rows, size, size, 1],
      noisy.map((v) => cIn(sigma) * v),
    ),
  );
  training.write('noise', tensor('f32', [rows, FEATURES], features));
  training.write('labels', tensor('i32', [rows], labels));
  training.write('targets', tensor('f32', [rows, size, size, 1], target));
  for (let i = 0; i < 40; i++) await training.step();
  const losses = (await training.history()).map(({ loss }) => loss);
  const first = target.reduce((sum, v) => sum + v * v, 0) / target.length;
  expect(Math.abs(losses[0]! / first - 1)).toBeLessThan(1e-4);
  expect(losses.at(-1)!).toBeLessThan(0.5 * first);
  scope.close();
}, 60_000);

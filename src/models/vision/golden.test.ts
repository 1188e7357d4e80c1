/** Logits against torchvision's in double precision (scripts/golden/vision.py), from the same weights and images. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { download, write } from '@/gpu/transfer';
import { compare } from '@/lib/compare';
import { writeSafetensors } from '@/lib/safetensors';
import { valuesOf } from '@/lib/tensor';
import { loadNetwork } from './checkpoint';
import golden from './golden.json';
import { prepare } from './inference';
import { madeImages, madeWeights } from './made';
import { modelNamed } from './models';
import { tensorsOf, type NamedShape } from './names/names';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

/** A linear layer may be stored as a convolution of one pixel. */
const trimmed = (shape: readonly number[]): number[] => [
  ...shape.slice(0, 2),
  ...shape.slice(2).filter((size) => size !== 1),
];

/** Of names and shapes in the order of the other library's state dict. */
const digestOf = (tensors: readonly NamedShape[]): string =>
  createHash('sha256')
    .update(tensors.map(({ name, shape }) => `${name} [${trimmed(shape).join(', ')}]\n`).join(''))
    .digest('hex');

describe.each(golden.cases)(
  '$model by the names of $names',
  ({ model: name, names, gain, tensors, logits }) => {
    const model = modelNamed(name)!;
    const origin = model.origins.find((o) => o.name === names)!;
    const network = model.build(logits[0]!.length);
    const needed = tensorsOf(network, origin.places(network));

    test('every tensor is called what it is called there', () => {
      expect(digestOf(needed)).toBe(tensors);
    });

    test('the logits are the other framework’s', async () => {
      const file = writeSafetensors(madeWeights(golden.seed, needed, gain));
      const loaded = loadNetwork(model, file, 'made.safetensors');
      expect(loaded.origin).toBe(origin);
      const [height, width] = golden.size as [number, number];
      const scope = device.root.child(name);
      const run = await prepare(device, scope, loaded, [logits.length, height, width]);
      write(device, run.x, madeImages(golden.seed, run.x.shape));
      await run.program.run();
      const y = valuesOf(await download(device, run.logits));
      const { relError } = compare(y, logits.flat());
      expect(relError).toBeLessThan(1e-4);
      expect(run.activations.shared).toBeLessThan(run.activations.apart);
      scope.close();
    });
  },
);

/** The U-Net's loss on digits that it was not trained on, at one noise level: the mean of (F − target)². */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { toFloat64, valuesOf } from '@/lib/tensor';
import { imageBatch, SIDE } from '@/methods/diffusion/imageBatch';
import { preconditionings } from '@/methods/diffusion/preconditioning';
import { CLASSES } from '@/methods/digits/digits';
import { noiseFeatures, unet } from '@/models/unet';
import { readCheckpoint } from '@/tensor/checkpoint';
import { forward } from '@/tensor/forward';
import { fill, flat, layoutOf } from '@/tensor/parameters';

export interface HeldOut {
  readonly rows: number;
  readonly channels: number;
  /** Other than the training's. */
  readonly seed: number;
}

/** A function of σ, over `rows` images that are the same at every level. */
export async function heldOutLoss(
  device: Device,
  scope: Scope,
  bytes: Uint8Array,
  { rows, channels, seed }: HeldOut,
): Promise<(sigma: number) => Promise<number>> {
  const network = unet({ rows, size: SIDE, channels, classes: CLASSES });
  const layout = layoutOf(network.parameters);
  const weights = flat(scope, 'weights', 'f32', layout);
  fill(device, weights.whole, readCheckpoint(layout, bytes, 'digits-unet.safetensors'));
  const { targets: _none, ...specs } = network.inputs;
  const made = await forward(device, scope, specs, weights, (weight, inputs) => ({
    F: network.output(weight, inputs),
  }));
  return async (sigma) => {
    const { targets, ...inputs } = imageBatch(
      { images: new Random(seed, 1), noise: new Random(seed, 2) },
      { count: rows, preconditioning: preconditionings.edm(), features: noiseFeatures, sigma },
    );
    for (const [name, host] of Object.entries(inputs)) write(device, made.inputs[name]!, host);
    await made.program.record().run();
    const [got, wanted] = [toFloat64(await download(device, made.outputs.F)), valuesOf(targets)];
    return got.reduce((sum, value, i) => sum + (value - wanted[i]!) ** 2, 0) / got.length;
  };
}

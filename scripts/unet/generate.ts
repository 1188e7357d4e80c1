/** Digits drawn by the U-Net: [n, 256] in [−1, 1], by any sampler on any process. */
import type { Device } from '@/gpu/device';
import { download } from '@/gpu/transfer';
import { valuesOf } from '@/lib/tensor';
import { unetDenoiser } from '@/demos/edm/unet';
import { SIDE } from '@/methods/diffusion/imageBatch';
import type { Step } from '@/methods/diffusion/samplers';
import { Walk } from '@/methods/diffusion/walk';

/** Images at a time. */
const ROWS = 64;

/** @param labels the digits asked for, a multiple of 64 */
export async function generate(
  device: Device,
  weights: Uint8Array<ArrayBuffer>,
  program: readonly Step[],
  labels: Int32Array<ArrayBuffer>,
  seed: number,
): Promise<Float32Array> {
  const images = new Float32Array(labels.length * SIDE * SIDE);
  const { signal } = new AbortController();
  for (let from = 0; from < labels.length; from += ROWS) {
    const scope = device.root.child('generated');
    const asked = { weights, file: 'weights', labels: labels.slice(from, from + ROWS), program };
    const shape = [ROWS, SIDE, SIDE, 1];
    const walk = await Walk.create(device, scope, program, { shape, seed: seed + from, traced: 1 }, (x) =>
      unetDenoiser(device, scope, asked, x),
    );
    await walk.run(signal);
    images.set(valuesOf(await download(device, walk.x)), from * SIDE * SIDE);
    scope.close();
  }
  return images;
}

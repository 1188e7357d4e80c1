/** A checkpoint of signs on images that no training saw. */
import type { Device } from '@/gpu/device';
import { Random } from '@/lib/random';
import { signBatch } from '@/methods/signs/signs';
import { loadNetwork } from '@/models/vision/checkpoint';
import { scaled } from '@/models/vision/efficientnet';
import { timm } from '@/models/vision/names/timm';
import { heldOut, type HeldOut } from '@/models/vision/training';
import type { Recipe } from './learn';

/** Of the images: none that a training takes. */
export const HELD_OUT_SEED = 1_000_003;
const ROWS = 64;

/** `count` images, a multiple of 64. */
export function* heldOutBatches(count: number, resolution: number, strength: number) {
  const random = new Random(HELD_OUT_SEED, 1);
  for (let i = 0; i < count; i += ROWS) yield signBatch(ROWS, resolution, random, strength);
}

export function heldOutOf(
  device: Device,
  bytes: Uint8Array,
  { width, depth, resolution, strength }: Pick<Recipe, 'width' | 'depth' | 'resolution' | 'strength'>,
  count: number,
): Promise<HeldOut> {
  const model = {
    ...{ name: 'signs-efficientnet', resolution, origins: [timm] },
    build: (classes: number) => scaled(width, depth, classes),
  };
  const loaded = loadNetwork(model, bytes, 'signs-efficientnet.safetensors');
  return heldOut(device, loaded, heldOutBatches(count, resolution, strength));
}

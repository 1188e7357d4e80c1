/** One network trained on signs from the first step to its checkpoint: what the shipped classifier and the grid share. */
import type { Device } from '@/gpu/device';
import { Random } from '@/lib/random';
import { CLASSES, signBatch, strengthAt } from '@/methods/signs/signs';
import { scaled } from '@/models/vision/efficientnet';
import { timm } from '@/models/vision/names/timm';
import type { Network } from '@/models/vision/description';
import { learn, trainVision, type CurvePoint, type Schedule } from '@/models/vision/training';

export interface Recipe {
  readonly width: number;
  readonly depth: number;
  /** Pixels of a side. */
  readonly resolution: number;
  readonly steps: number;
  /** Images of a step. */
  readonly batch: number;
  /** Of Adam, at its peak. */
  readonly rate: number;
  readonly seed: number;
  /** How hard the images become, and those it is judged by. */
  readonly strength: number;
}

export interface Learnt {
  readonly network: Network;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly curve: readonly CurvePoint[];
}

/** Steps that a point of the loss curve is the mean of. */
const STRETCH = 50;
/** Batches that the statistics of batch norms are taken over. */
const STATISTICS = 32;

/** The streams of a seed: weights 0, training images 1, images for the statistics 2. */
export async function learnSigns(
  device: Device,
  recipe: Recipe,
  log: (text: string) => void,
): Promise<Learnt> {
  const { width, depth, resolution, steps, batch, rate, seed, strength } = recipe;
  const scope = device.root.child('learn');
  const network = scaled(width, depth, CLASSES);
  const shape = { rows: batch, size: resolution };
  const learning = await trainVision(device, scope, {
    ...{ network, origin: timm, shape, random: new Random(seed) },
  });
  const images = new Random(seed, 1);
  const startedAt = Date.now();
  const schedule: Schedule = {
    ...{ steps, rate, stretch: STRETCH },
    batch: (step) => signBatch(batch, resolution, images, strengthAt(step, steps, strength)),
  };
  const curve = await learn(learning, schedule, (sofar) => {
    const { step, loss, accuracy } = sofar.at(-1)!;
    if (step % (4 * STRETCH) !== 0) return;
    const each = (Date.now() - startedAt) / step;
    log(
      `step ${step} of ${steps}, loss ${rounded(loss)}, accuracy ${rounded(accuracy)}, ` +
        `${each.toFixed(0)} ms a step, ${(((steps - step) * each) / 60_000).toFixed(1)} min left`,
    );
  });
  const others = new Random(seed, 2);
  const statistics = Array.from({ length: STATISTICS }, () => signBatch(batch, resolution, others, strength));
  const metadata = Object.fromEntries(Object.entries(recipe).map(([name, value]) => [name, String(value)]));
  const bytes = await learning.checkpoint(statistics, metadata);
  scope.close();
  return {
    ...{ network, bytes },
    curve: curve.map(({ step, loss, accuracy }) => ({
      ...{ step, loss: rounded(loss), accuracy: rounded(accuracy) },
    })),
  };
}

/** For records. */
export const rounded = (value: number): number => Number(value.toFixed(4));

/** One network trained on signs from the first step to its checkpoint: what the shipped classifier and the grid share. */
import type { Device } from '@/gpu/device';
import { Random } from '@/lib/random';
import { CLASSES, signBatch, strengthAt } from '@/methods/signs/signs';
import { scaled } from '@/models/vision/efficientnet';
import { timm } from '@/models/vision/names/timm';
import type { Network } from '@/models/vision/description';
import { rateAt, trainVision, type Batch, type VisionTraining } from '@/models/vision/training';

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
}

export interface Learnt {
  readonly network: Network;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Means over `CURVE` steps. */
  readonly curve: readonly { readonly step: number; readonly loss: number; readonly accuracy: number }[];
}

/** Steps that a point of the loss curve is the mean of. */
export const CURVE = 50;
/** Batches that the statistics of batch norms are taken over. */
const STATISTICS = 32;

/** The streams of a seed: weights 0, training images 1, images for the statistics 2. */
export async function learn(device: Device, recipe: Recipe, log: (text: string) => void): Promise<Learnt> {
  const { width, depth, resolution, steps, batch, rate, seed } = recipe;
  const scope = device.root.child('learn');
  const network = scaled(width, depth, CLASSES);
  const shape = { rows: batch, size: resolution };
  const random = new Random(seed);
  const learning = await trainVision(device, scope, {
    ...{ network, origin: timm, shape, random },
  });
  const images = new Random(seed, 1);
  const startedAt = Date.now();
  const made = (i: number): Batch => signBatch(batch, resolution, images, strengthAt(i, steps));
  let next = made(0);
  for (let i = 0; i < steps; i++) {
    const running = learning.step(next, rateAt(i, steps, rate));
    next = made(i + 1);
    await running;
    if ((i + 1) % (4 * CURVE) === 0) {
      const { loss, accuracy } = (await curveOf(learning)).at(-1)!;
      const each = (Date.now() - startedAt) / (i + 1);
      log(
        `step ${i + 1} of ${steps}, loss ${loss}, accuracy ${accuracy}, ${each.toFixed(0)} ms a step, ` +
          `${(((steps - i - 1) * each) / 60_000).toFixed(1)} min left`,
      );
    }
  }
  const others = new Random(seed, 2);
  const statistics = Array.from({ length: STATISTICS }, () => signBatch(batch, resolution, others));
  const metadata = Object.fromEntries(Object.entries(recipe).map(([name, value]) => [name, String(value)]));
  const bytes = await learning.checkpoint(statistics, metadata);
  const curve = await curveOf(learning);
  scope.close();
  return { network, bytes, curve };
}

async function curveOf({ training }: Pick<VisionTraining, 'training'>): Promise<Learnt['curve']> {
  const history = await training.history();
  return Array.from({ length: Math.floor(history.length / CURVE) }, (_, i) => {
    const part = history.slice(i * CURVE, (i + 1) * CURVE);
    const mean = (of: (step: (typeof part)[number]) => number): number =>
      Number((part.reduce((sum, step) => sum + of(step), 0) / CURVE).toFixed(4));
    return { step: (i + 1) * CURVE, loss: mean(({ loss }) => loss), accuracy: mean((step) => step.accuracy) };
  });
}

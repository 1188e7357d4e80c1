/** One point of the grid trained live: the same images, the same steps and the same seed as `npm run train:grid` takes. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { Random } from '@/lib/random';
import { CLASSES, signBatch, strengthAt } from '@/methods/signs/signs';
import { loadNetwork } from '@/models/vision/checkpoint';
import { scaled } from '@/models/vision/efficientnet';
import { timm } from '@/models/vision/names/timm';
import { heldOut, rateAt, trainVision } from '@/models/vision/training';

export interface Recipe {
  readonly width: number;
  readonly depth: number;
  /** Pixels of a side. */
  readonly resolution: number;
  readonly steps: number;
  readonly batch: number;
  /** Of Adam, at its peak. */
  readonly rate: number;
  readonly seed: number;
  /** Of the images that it is judged by. */
  readonly heldOutSeed: number;
}

export interface Learned {
  /** Means over stretches of steps. */
  readonly curve: readonly { readonly step: number; readonly loss: number; readonly accuracy: number }[];
  readonly step: number;
  /** Since the first step. */
  readonly ms: number;
  /** On held-out images, once it is trained. */
  readonly accuracy?: number;
}

const STRETCH = 10;
const STATISTICS = 32;
/** Of the held-out images, so many: a multiple of the rows of a batch. */
export const JUDGED = 512;
const ROWS = 64;

/** Streams of the seed as in scripts/signs/learn.ts: weights 0, images 1, images for the batch norms' statistics 2. */
export async function learnPoint(
  device: Device,
  parent: Scope,
  { width, depth, resolution, steps, batch, rate, seed, heldOutSeed }: Recipe,
  report: (sofar: Learned) => void,
  signal: AbortSignal,
): Promise<Learned> {
  const scope = parent.child('learning');
  const network = scaled(width, depth, CLASSES);
  try {
    const shape = { rows: batch, size: resolution };
    const learning = await trainVision(device, scope, {
      ...{ network, origin: timm, shape, random: new Random(seed) },
    });
    const images = new Random(seed, 1);
    const startedAt = performance.now();
    const ms = (): number => performance.now() - startedAt;
    let curve: Learned['curve'] = [];
    for (let step = 0; step < steps; step++) {
      signal.throwIfAborted();
      const made = signBatch(batch, resolution, images, strengthAt(step, steps));
      await learning.step(made, rateAt(step, steps, rate));
      // The page answers in between.
      await new Promise((resolve) => setTimeout(resolve));
      if ((step + 1) % STRETCH !== 0) continue;
      curve = stretches(await learning.training.history());
      report({ curve, step: step + 1, ms: ms() });
    }
    const others = new Random(seed, 2);
    const statistics = Array.from({ length: STATISTICS }, () => signBatch(batch, resolution, others));
    const bytes = await learning.checkpoint(statistics);
    signal.throwIfAborted();
    const model = { name: 'signs', resolution, origins: [timm], build: () => network };
    const random = new Random(heldOutSeed, 1);
    const unseen = Array.from({ length: JUDGED / ROWS }, () => signBatch(ROWS, resolution, random));
    const { accuracy } = await heldOut(device, loadNetwork(model, bytes, 'trained here'), unseen);
    const done = { curve, step: steps, ms: ms(), accuracy };
    report(done);
    return done;
  } finally {
    scope.close();
  }
}

function stretches(history: readonly { loss: number; accuracy: number }[]): Learned['curve'] {
  return Array.from({ length: Math.floor(history.length / STRETCH) }, (_, i) => {
    const part = history.slice(i * STRETCH, (i + 1) * STRETCH);
    const mean = (of: (step: (typeof part)[number]) => number): number =>
      part.reduce((sum, step) => sum + of(step), 0) / STRETCH;
    return {
      step: (i + 1) * STRETCH,
      loss: mean(({ loss }) => loss),
      accuracy: mean((step) => step.accuracy),
    };
  });
}

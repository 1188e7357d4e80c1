/** One point of the grid trained live: the same images, the same steps and the same seed as `npm run train:grid` takes. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { Random } from '@/lib/random';
import { CLASSES, signBatch, strengthAt } from '@/methods/signs/signs';
import { loadNetwork } from '@/models/vision/checkpoint';
import { scaled } from '@/models/vision/efficientnet';
import { timm } from '@/models/vision/names/timm';
import { heldOut, learn, trainVision, type CurvePoint, type Schedule } from '@/models/vision/training';

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
  /** How hard the images become, and those it is judged by. */
  readonly strength: number;
  /** Of the images that it is judged by. */
  readonly heldOutSeed: number;
}

export interface Learned {
  readonly curve: readonly CurvePoint[];
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
  { width, depth, resolution, steps, batch, rate, seed, strength, heldOutSeed }: Recipe,
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
    const schedule: Schedule = {
      ...{ steps, rate, stretch: STRETCH },
      batch: (step) => signBatch(batch, resolution, images, strengthAt(step, steps, strength)),
    };
    const noted = (curve: Learned['curve']): void => report({ curve, step: curve.at(-1)!.step, ms: ms() });
    const curve = await learn(learning, schedule, noted, signal);
    const others = new Random(seed, 2);
    const statistics = Array.from({ length: STATISTICS }, () =>
      signBatch(batch, resolution, others, strength),
    );
    const bytes = await learning.checkpoint(statistics);
    signal.throwIfAborted();
    const model = { name: 'signs', resolution, origins: [timm], build: () => network };
    const random = new Random(heldOutSeed, 1);
    const unseen = Array.from({ length: JUDGED / ROWS }, () => signBatch(ROWS, resolution, random, strength));
    const { accuracy } = await heldOut(device, loadNetwork(model, bytes, 'trained here'), unseen);
    const done = { curve, step: steps, ms: ms(), accuracy };
    report(done);
    return done;
  } finally {
    scope.close();
  }
}

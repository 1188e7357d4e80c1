/** A vision network in training, and its checkpoint with the running statistics that batch norms need afterwards. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import type { Random } from '@/lib/random';
import { writeSafetensors } from '@/lib/safetensors';
import { sizeOf, tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { forward, type Forward } from '@/tensor/forward';
import { Training } from '@/tensor/training';
import type { Loaded } from './checkpoint';
import type { Network } from './description';
import { prepare, type Inference } from './inference';
import type { Origin } from './names/names';
import { trainable, type BatchShape } from './trainable';

/** Images [rows, size, size, 3] as the network reads them, and their classes [rows]. */
export interface Batch {
  readonly x: HostTensor;
  readonly targets: HostTensor;
}

export interface VisionTraining {
  readonly training: Training;
  step(batch: Batch, rate: number): Promise<void>;
  /**
   * The weights under their names as safetensors: convolutions in f16, all else in f32, since a variance may lie below
   * what f16 resolves. The statistics are those of `batches` under the weights as they are now (Wu & Johnson 2021), not
   * an average of what they were.
   */
  checkpoint(
    batches: Iterable<Batch>,
    metadata?: Readonly<Record<string, string>>,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

/** Adam without decay: the images never come twice. */
const optimiser = { beta1: 0.9, beta2: 0.99, decay: 0 };

/** A warm-up of a tenth of the steps, then half a cosine down to 0. */
export function rateAt(step: number, steps: number, peak: number): number {
  const warmUp = Math.max(1, Math.round(steps / 10));
  return peak * Math.min(1, (step + 1) / warmUp) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

/** Memory comes from `scope` and goes with it. */
export async function trainVision(
  device: Device,
  scope: Scope,
  { network, origin, shape, random }: { network: Network; origin: Origin; shape: BatchShape; random: Random },
): Promise<VisionTraining> {
  const described = trainable(network, origin, shape);
  const precision = { format: 'f32', master: true } as const;
  const training = await Training.create(device, scope, described, { precision, optimiser, rate: 0, random });
  const { x } = described.inputs;
  let watching: Promise<Forward<string>> | undefined;
  const watch = (): Promise<Forward<string>> =>
    (watching ??= forward(device, scope.child('statistics'), { x: x! }, training.weights, (weight, inputs) =>
      Object.fromEntries(described.withStatistics(weight, inputs).statistics),
    ));
  return {
    training,
    async step(batch, rate) {
      training.write('x', batch.x);
      training.write('targets', batch.targets);
      training.setRate(rate);
      await training.step();
    },
    async checkpoint(batches, metadata = {}) {
      const { inputs, outputs, program } = await watch();
      const moments = new Map(Object.keys(outputs).map((norm) => [norm, new Moments(origin.eps)]));
      for (const batch of batches) {
        write(device, inputs.x!, batch.x);
        await program.record().run();
        for (const [norm, stats] of Object.entries(outputs))
          moments.get(norm)!.add(valuesOf(await download(device, stats)));
      }
      const whole = valuesOf(await download(device, training.weights.whole));
      const learnt = training.layout.slices.map(({ name, shape: own, from }) => {
        const values = whole.subarray(from, from + sizeOf(own));
        return [name, tensor(own.length > 1 ? 'f16' : 'f32', own, values)] as const;
      });
      const measured = [...moments].flatMap(([norm, found]) => found.tensors(norm));
      return writeSafetensors([...learnt, ...measured], { format: 'pt', ...metadata });
    },
  };
}

/** Means over a stretch of steps, of which `step` is the last. */
export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface Schedule {
  readonly steps: number;
  /** At its peak. */
  readonly rate: number;
  /** Of a step; those of the next are made while one runs. */
  readonly batch: (step: number) => Batch;
  /** Steps that a point of the curve is the mean of. */
  readonly stretch: number;
}

/** All steps; after every stretch `report` gets the curve so far. */
export async function learn(
  learning: VisionTraining,
  { steps, rate, batch, stretch }: Schedule,
  report: (curve: readonly CurvePoint[]) => void,
  signal?: AbortSignal,
): Promise<readonly CurvePoint[]> {
  let curve: readonly CurvePoint[] = [];
  let next = batch(0);
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    const running = learning.step(next, rateAt(step, steps, rate));
    if (step + 1 < steps) next = batch(step + 1);
    await running;
    // A page answers in between.
    await new Promise((resolve) => setTimeout(resolve));
    if ((step + 1) % stretch !== 0) continue;
    curve = curveOf(await learning.training.history(), stretch);
    report(curve);
  }
  return curve;
}

function curveOf(
  history: readonly { readonly loss: number; readonly accuracy: number }[],
  stretch: number,
): CurvePoint[] {
  return Array.from({ length: Math.floor(history.length / stretch) }, (_, i) => {
    const part = history.slice(i * stretch, (i + 1) * stretch);
    const mean = (of: (step: (typeof part)[number]) => number): number =>
      part.reduce((sum, step) => sum + of(step), 0) / stretch;
    return {
      step: (i + 1) * stretch,
      loss: mean(({ loss }) => loss),
      accuracy: mean((step) => step.accuracy),
    };
  });
}

export interface HeldOut {
  /** Share of images whose class has the largest logit. */
  readonly accuracy: number;
  readonly images: number;
  /** How often each class [true][answered]. */
  readonly answers: readonly (readonly number[])[];
}

/** How a checkpoint does on equal batches that it has not seen. */
export async function heldOut(device: Device, loaded: Loaded, batches: Iterable<Batch>): Promise<HeldOut> {
  const scope = device.root.child('held out');
  const { classes } = loaded.network;
  const answers = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let inference: Inference | undefined;
  let images = 0;
  try {
    for (const { x, targets } of batches) {
      inference ??= await prepare(device, scope, loaded, x.shape.slice(0, 3) as [number, number, number]);
      write(device, inference.x, x);
      await inference.program.record().run();
      const logits = valuesOf(await download(device, inference.logits));
      valuesOf(targets).forEach((target, i) => {
        const own = logits.subarray(i * classes, (i + 1) * classes);
        answers[target]![own.indexOf(Math.max(...own))]! += 1;
        images += 1;
      });
    }
  } finally {
    scope.close();
  }
  const right = answers.reduce((sum, row, i) => sum + row[i]!, 0);
  return { accuracy: right / images, images, answers };
}

/** Mean and variance of each channel over equal batches, from those of every batch. */
class Moments {
  private count = 0;
  private mean: Float64Array | undefined;
  private square: Float64Array | undefined;

  constructor(private readonly eps: number) {}

  /** [C, 2]: mean and 1/√(variance + ε). */
  add(stats: ArrayLike<number>): void {
    const channels = stats.length / 2;
    this.mean ??= new Float64Array(channels);
    this.square ??= new Float64Array(channels);
    this.count += 1;
    for (let c = 0; c < channels; c++) {
      const [mean, inverse] = [stats[2 * c]!, stats[2 * c + 1]!];
      this.mean[c]! += mean;
      this.square[c]! += mean ** 2 + Math.max(0, 1 / inverse ** 2 - this.eps);
    }
  }

  tensors(norm: string): (readonly [string, HostTensor])[] {
    const { count, mean, square } = this;
    if (!mean || !square) throw new RangeError('batch norms need at least one batch for their statistics');
    const means = mean.map((sum) => sum / count);
    const variances = square.map((sum, c) => sum / count - means[c]! ** 2);
    return [
      [`${norm}.running_mean`, tensor('f32', [means.length], means)],
      [`${norm}.running_var`, tensor('f32', [means.length], variances)],
    ];
  }
}

/** A score network in training on the GPU, and what is asked of it: F at points, chains that follow it. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { Flight } from '@/tensor/flight';
import { forward, type Forward } from '@/tensor/forward';
import * as ops from '@/tensor/ops';
import type { Flat } from '@/tensor/parameters';
import { Training } from '@/tensor/training';
import { INPUTS, output } from './network';
import { batchOf, networkOf, readingOf, type Objective, type Reading } from './objectives';

export interface LearnerOptions {
  readonly objective: Objective;
  readonly mixture: Mixture;
  readonly sigmas: readonly number[];
  readonly batch: number;
  readonly width: number;
  readonly rate: number;
  readonly seed: number;
}

/** Streams of the seed: first weights, then a batch each step. */
const WEIGHTS = 2 ** 31 + 1;
const BATCHES = 2 ** 30;

/** Decay would pull the field to zero where no data are, which is not what is shown. */
export const optimiser = { decay: 0 } as const;

export const firstRandom = (seed: number): Random => new Random(seed, WEIGHTS);
export const batchAt = ({ objective, mixture, sigmas, batch, seed }: LearnerOptions, step: number) =>
  batchOf(objective, mixture, sigmas, batch, new Random(seed, BATCHES + step));

/** The network forwards at n points of one level: u = x·E + c with E = c_in (I 0) and c = (0, 0, c_noise). */
export class FieldOnGpu {
  private constructor(
    private readonly device: Device,
    private readonly made: Forward<'F'>,
    readonly reading: Reading,
  ) {}

  static async create(
    device: Device,
    scope: Scope,
    weights: Flat,
    n: number,
    reading: Reading,
  ): Promise<FieldOnGpu> {
    const f32 = (...shape: number[]) => ({ dtype: 'f32', shape }) as const;
    const specs = { x: f32(n, 2), E: f32(2, INPUTS), c: f32(INPUTS) };
    const made = await forward(device, scope, specs, weights, (weight, { x, E, c }) => ({
      F: output(weight, ops.linear(x!, E!, c)),
    }));
    return new FieldOnGpu(device, made, reading);
  }

  get x(): DeviceTensor {
    return this.made.inputs.x!;
  }
  get F(): DeviceTensor {
    return this.made.outputs.F;
  }
  get program(): Forward<'F'>['program'] {
    return this.made.program;
  }

  /** From the next submission on. */
  setLevel(sigma: number): void {
    const cIn = this.reading.cIn(sigma);
    const { E, c } = this.made.inputs;
    write(this.device, E!, tensor('f32', [2, INPUTS], [cIn, 0, 0, 0, cIn, 0]));
    write(this.device, c!, tensor('f32', [INPUTS], [0, 0, this.reading.cNoise(sigma)]));
  }
}

export class Learner {
  private readonly flight: Flight;

  private constructor(
    readonly device: Device,
    readonly options: LearnerOptions,
    readonly training: Training,
    readonly reading: Reading,
  ) {
    this.flight = new Flight(() => device.gpu.queue.onSubmittedWorkDone());
  }

  static async create(device: Device, scope: Scope, options: LearnerOptions): Promise<Learner> {
    const { objective, batch, width, rate, seed, sigmas, mixture } = options;
    const training = await Training.create(device, scope, networkOf(objective, batch, width), {
      precision: { format: 'f32', master: false },
      // An update by gradients that are not finite is skipped.
      ...{ optimiser, scaler: { guard: true }, rate, random: firstRandom(seed) },
    });
    return new Learner(device, options, training, readingOf(objective, sigmas, mixture));
  }

  /** Queues a step; resolves when the next may be. */
  async submit(step: number): Promise<void> {
    for (const [name, host] of Object.entries(batchAt(this.options, step))) this.training.write(name, host);
    this.training.submit();
    await this.flight.next();
  }

  /** All weights, [layout.size]. */
  async weights(): Promise<Float32Array<ArrayBuffer>> {
    return Float32Array.from(valuesOf(await download(this.device, this.training.working.whole)));
  }

  /** Goes on from these weights. */
  begin(weights: Float32Array<ArrayBuffer>, rate: number): void {
    this.training.begin(tensor('f32', [weights.length], weights));
    this.training.setRate(rate);
  }
}

/**
 * Training in mixed precision (Micikevicius et al. 2018): weights in the format of the computation, a master copy in
 * f32 where asked for, the loss scaled before the backward pass and gradients unscaled before they are clipped. What
 * a step needs to know of the last one (scale, skipping, bias corrections) stays on the GPU: no step
 * waits for a read-back.
 */
import type { Device } from '@/gpu/device';
import type { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { Random } from '@/lib/random';
import { tensor, valuesOf, type DType, type HostTensor } from '@/lib/tensor';
import type { AdamwAttrs } from '@/shaders/adamw/kernel';
import { control, CONTROL_SIZE, controlOf } from '@/shaders/lib/control';
import type { LossScaleAttrs } from '@/shaders/loss-scale/kernel';
import { formats, roundTo } from '@/shaders/round-format/formats';
import { settle } from './gradients';
import { Graph } from './graph';
import { flat, fill, initialValues, layoutOf, type Flat, type Layout } from './parameters';
import { compile, type Program } from './program';
import { Records, type StepRecord } from './records';
import { describeStep, type Network } from './step';
import { describeUpdate } from './update';

export interface Precision {
  /** What weights, activations and gradients are stored in: bf16 is emulated in f32. */
  readonly format: 'f32' | 'fp16' | 'bf16';
  /** Weights are updated in f32, and the computation reads a copy. */
  readonly master: boolean;
}

export interface TrainingOptions {
  readonly precision: Precision;
  readonly optimiser?: Partial<AdamwAttrs>;
  readonly scaler?: Partial<LossScaleAttrs> & { readonly initial?: number };
  readonly rate: number;
  readonly random: Random;
}

/** The scopes that hold a training's memory, by what it is for. */
export const categories = ['weights', 'master', 'gradients', 'optimiser', 'activations', 'batch'] as const;
export type Category = (typeof categories)[number];

export class Training {
  private constructor(
    readonly device: Device,
    readonly layout: Layout,
    /** The weights that are updated, in f32 where there is a master. */
    readonly weights: Flat,
    /** The weights that the computation reads. */
    readonly working: Flat,
    readonly gradients: Flat,
    readonly control: DeviceTensor,
    /** First and second moments, as long as the weights. */
    readonly moments: readonly DeviceTensor[],
    readonly lost: DeviceTensor,
    readonly inputs: Readonly<Record<string, DeviceTensor>>,
    /** Forward and backward pass, then the update. */
    readonly programs: { readonly compute: Program; readonly update: Program },
    readonly records: Records,
    private readonly scopes: Readonly<Record<Category, Scope>>,
    /** What the control block holds before the first step. */
    private readonly initial: HostTensor,
    private readonly rounding: Precision['format'],
  ) {}

  /** Bytes that are held now. */
  get memory(): Record<Category, number> {
    return Object.fromEntries(
      Object.entries(this.scopes).map(([category, { live }]) => [category, live]),
    ) as Record<Category, number>;
  }

  static async create(
    device: Device,
    scope: Scope,
    network: Network,
    { precision: { format, master }, optimiser = {}, scaler = {}, rate, random }: TrainingOptions,
  ): Promise<Training> {
    const layout = layoutOf(network.parameters);
    const dtype: DType = format === 'fp16' ? 'f16' : 'f32';
    const copied = master && format !== 'f32';
    const own = master ? 'f32' : dtype;
    const scopes = Object.fromEntries(
      categories.map((category) => [category, scope.child(category)]),
    ) as Record<Category, Scope>;
    const working = flat(scopes.weights, 'weights', dtype, layout);
    const weights = copied ? flat(scopes.master, 'master weights', own, layout) : working;
    const gradients = flat(scopes.gradients, 'gradients', dtype, layout);
    const state = scopes.optimiser;
    const moments = [1, 2].map((i) => state.tensor(`moment ${i}`, { dtype: own, shape: [layout.size] }));
    const block = state.tensor('control', { dtype: 'f32', shape: [CONTROL_SIZE] });
    const lost = state.tensor('lost', { dtype: 'u32', shape: [2] });
    const { initial = 1, ...scaling } = scaler;
    const values = controlOf({ SCALE: initial, INVERSE: 1 / initial, RATE: rate });

    const inputs = Object.fromEntries(
      Object.entries(network.inputs).map(([name, spec]) => [name, scopes.batch.tensor(name, spec)]),
    );
    const graph = new Graph(format === 'bf16' ? 'bf16' : undefined);
    const leaves = new Map([...working.slices].map(([name, slice]) => [name, graph.tensor(slice, true)]));
    const batch = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, graph.tensor(t)]));
    // The loss scale is the first number of the control block.
    const scale = graph.tensor({ ...block, shape: [1] });
    const results = describeStep(network, leaves, batch, scale);
    for (const [name, gradient] of results.gradients)
      settle(graph, gradient, graph.tensor(gradients.slices.get(name)!));

    const update = new Graph();
    const [m1, m2] = moments.map((m) => update.tensor(m));
    const step = describeUpdate(
      {
        p: update.tensor(weights.whole),
        m1: m1!,
        m2: m2!,
        grad: update.tensor(gradients.whole),
        control: update.tensor(block),
        lost: update.tensor(lost),
      },
      { optimiser: { ...optimiser, format, master }, scaler: scaling },
    );
    if (step.copy) step.copy.home = update.tensor(working.whole);

    const [compute, updating] = await Promise.all([
      compile(graph, device, scopes.activations),
      compile(update, device, state),
    ]);
    const [meanLoss, accuracy] = [compute.memory(results.loss), compute.memory(results.accuracy)];
    const sources = { loss: meanLoss, accuracy, control: block, lost };
    const records = new Records(device, scope.child('records'), sources);
    const programs = { compute, update: updating };
    const training = new Training(
      ...([device, layout, weights, working, gradients, block, moments, lost] as const),
      ...([inputs, programs, records, scopes] as const),
      ...([tensor('f32', [CONTROL_SIZE], values), format] as const),
    );
    training.begin(initialValues(layout, random));
    return training;
  }

  /** Sets all weights, f32 [layout.size]; the optimiser and the loss scale begin anew. */
  begin(values: HostTensor): void {
    const { device, weights, working, moments, control: block, lost } = this;
    write(device, block, this.initial);
    const encoder = device.gpu.createCommandEncoder();
    for (const { buffer } of [...moments, lost]) encoder.clearBuffer(buffer);
    device.gpu.queue.submit([encoder.finish()]);
    fill(device, weights.whole, values);
    if (working === weights) return;
    const bf16 = this.rounding === 'bf16';
    const rounded = bf16 ? valuesOf(values).map((x) => roundTo(x, formats.bf16)) : valuesOf(values);
    fill(device, working.whole, tensor('f32', values.shape, rounded));
  }

  /** Writes a part of the next batch. */
  write(name: string, host: HostTensor): void {
    const input = this.inputs[name];
    if (!input) throw new RangeError(`the network has no input "${name}"`);
    write(this.device, input, host);
  }

  /** From the next step on. */
  setRate(rate: number): void {
    this.device.gpu.queue.writeBuffer(this.control.buffer, 4 * control.RATE, Float32Array.of(rate));
  }

  /** Queues one step on the batch that was written, and waits for nothing. */
  submit(): void {
    if (this.records.full) void this.records.collect();
    this.record().submit();
  }

  /** One step on the batch that was written, to its end. */
  async step(signal?: AbortSignal): Promise<void> {
    if (this.records.full) await this.records.collect();
    await this.record().run(signal);
  }

  /** Of all steps so far. */
  async history(): Promise<readonly StepRecord[]> {
    await this.records.collect();
    return this.records.all;
  }

  private record(): Recorder {
    const { compute, update } = this.programs;
    const recorder = compute.record();
    this.records.before(recorder);
    update.record(recorder);
    this.records.after(recorder);
    return recorder;
  }
}

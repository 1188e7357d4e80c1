/**
 * Training in mixed precision (Micikevicius et al. 2018): weights in the format of the computation, a master copy in
 * f32 where asked for, the loss scaled before the backward pass and gradients unscaled before they are clipped. What
 * a step needs to know of the last one (scale, skipping, bias corrections) stays on the GPU: no step waits.
 */
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import type { Random } from '@/lib/random';
import { tensor, valuesOf, type DType, type HostTensor, type Specs } from '@/lib/tensor';
import { kernel as adamw, type AdamwAttrs } from '@/shaders/adamw/kernel';
import { kernel as gradNorm } from '@/shaders/grad-norm/kernel';
import { control, CONTROL_SIZE, controlOf } from '@/shaders/lib/control';
import { kernel as lossScale, type LossScaleAttrs } from '@/shaders/loss-scale/kernel';
import { kernel as reduce } from '@/shaders/reduce/kernel';
import { formats, roundTo } from '@/shaders/round-format/formats';
import { backward, settle } from './gradients';
import { Graph, type Tensor } from './graph';
import type { Loss } from './ops';
import {
  flat,
  fill,
  initialValues,
  layoutOf,
  type Flat,
  type Layout,
  type ParameterSpec,
} from './parameters';
import { compile, type Program } from './program';

export interface Precision {
  /** What weights, activations and gradients are stored in: bf16 is emulated in f32. */
  readonly format: 'f32' | 'fp16' | 'bf16';
  /** Weights are updated in f32, and the computation reads a copy. */
  readonly master: boolean;
}

export interface Network {
  readonly parameters: readonly ParameterSpec[];
  /** What a batch is made of: "x" [32, 784], "targets" [32]. */
  readonly inputs: Specs;
  loss(weight: (name: string) => Tensor, inputs: Readonly<Record<string, Tensor>>): Loss;
}

export interface TrainingOptions {
  readonly precision: Precision;
  readonly optimiser?: Partial<AdamwAttrs>;
  readonly scaler?: Partial<LossScaleAttrs> & { readonly initial?: number };
  readonly rate: number;
  readonly random: Random;
}

/** What is kept of a step. */
export interface StepRecord {
  readonly loss: number;
  /** Share of rows whose target had the largest logit. */
  readonly accuracy: number;
  /** Of the backward pass of this step. */
  readonly lossScale: number;
  readonly gradientNorm: number;
  readonly skipped: boolean;
}

/** Steps between two read-backs. */
const RING = 256;
/** loss, accuracy, the scale before the step, and the control block after it. */
const RECORD = 4 + CONTROL_SIZE;

export class Training {
  private readonly records: StepRecord[] = [];
  private pending = 0;

  private constructor(
    private readonly device: Device,
    readonly layout: Layout,
    /** The weights that are updated, in f32 where there is a master. */
    readonly weights: Flat,
    /** The weights that the computation reads. */
    readonly working: Flat,
    readonly gradients: Flat,
    readonly control: DeviceTensor,
    readonly lost: DeviceTensor,
    private readonly inputs: Readonly<Record<string, DeviceTensor>>,
    private readonly programs: readonly Program[],
    private readonly results: { readonly loss: DeviceTensor; readonly accuracy: DeviceTensor },
    private readonly ring: GPUBuffer,
  ) {}

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
    const weights = flat(scope.child('weights'), copied ? 'master weights' : 'weights', own, layout);
    const working = copied ? flat(scope.child('copy'), 'weights', dtype, layout) : weights;
    const gradients = flat(scope.child('gradients'), 'gradients', dtype, layout);
    const state = scope.child('optimiser');
    const moments = [1, 2].map((i) => state.tensor(`moment ${i}`, { dtype: own, shape: [layout.size] }));
    const block = state.tensor('control', { dtype: 'f32', shape: [CONTROL_SIZE] });
    const lost = state.tensor('lost', { dtype: 'u32', shape: [2] });
    const { initial = 1, ...scaling } = scaler;
    const values = controlOf({ SCALE: initial, INVERSE: 1 / initial, RATE: rate });
    write(device, block, tensor('f32', [CONTROL_SIZE], values));

    const first = initialValues(layout, random);
    fill(device, weights.whole, first);
    const bf16 = (host: HostTensor) =>
      tensor(
        'f32',
        host.shape,
        valuesOf(host).map((x) => roundTo(x, formats.bf16)),
      );
    if (copied) fill(device, working.whole, format === 'bf16' ? bf16(first) : first);

    const data = scope.child('batch');
    const inputs = Object.fromEntries(
      Object.entries(network.inputs).map(([name, spec]) => [name, data.tensor(name, spec)]),
    );
    const graph = new Graph(format === 'bf16' ? 'bf16' : undefined);
    const leaves = new Map([...working.slices].map(([name, slice]) => [name, graph.tensor(slice, true)]));
    const batch = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, graph.tensor(t)]));
    const { loss, hit } = network.loss((name) => leaves.get(name)!, batch);
    const mean = (x: Tensor): Tensor => graph.apply(reduce, { x }, { op: 'mean' }).y!.keep();
    const results = { loss: mean(loss), accuracy: mean(hit) };
    // The loss scale is the first number of the control block.
    const scale = graph.tensor({ ...block, shape: [1] });
    const found = backward(loss, scale);
    const taken = new Set<Tensor>();
    for (const [name, leaf] of leaves) {
      const gradient = found.get(leaf);
      const slice = gradients.slices.get(name);
      if (gradient && slice) settle(graph, gradient, graph.tensor(slice), taken);
    }

    const update = new Graph();
    const steering = update.tensor(block);
    const grad = update.tensor(gradients.whole);
    const { beta1, beta2 } = { beta1: 0.9, beta2: 0.999, ...optimiser };
    update.apply(gradNorm, { x: grad, control: steering }, {});
    update.apply(
      lossScale,
      { control: steering },
      { dynamic: false, guard: false, ...scaling, beta1, beta2 },
    );
    const [m1, m2] = moments.map((m) => update.tensor(m));
    const step = update.apply(
      adamw,
      {
        p: update.tensor(weights.whole),
        m1: m1!,
        m2: m2!,
        grad,
        control: steering,
        lost: update.tensor(lost),
      },
      { ...optimiser, format, master },
    );
    if (step.copy) step.copy.home = update.tensor(working.whole);

    const programs = await Promise.all([
      compile(graph, device, scope.child('activations')),
      compile(update, device, state),
    ]);
    const memory = programs[0].memory;
    return new Training(
      ...([device, layout, weights, working, gradients, block, lost, inputs, programs] as const),
      { loss: memory(results.loss), accuracy: memory(results.accuracy) },
      state.buffer('records', 4 * RECORD * RING),
    );
  }

  /** Writes a part of the next batch. */
  write(name: string, host: HostTensor): void {
    const input = this.inputs[name];
    if (!input) throw new RangeError(`the network has no input "${name}"`);
    write(this.device, input, host);
  }

  /** One step on the batch that was written; what it gave is kept for `history`. */
  async step(signal?: AbortSignal): Promise<void> {
    if (this.pending === RING) await this.collect();
    const recorder = new Recorder(this.device);
    const at = 4 * RECORD * this.pending;
    const [compute, update] = this.programs;
    compute?.record(recorder);
    recorder
      .copy(this.results.loss.buffer, this.ring, 4, 0, at)
      .copy(this.results.accuracy.buffer, this.ring, 4, 0, at + 4)
      .copy(this.control.buffer, this.ring, 4, 4 * control.SCALE, at + 8);
    update?.record(recorder).copy(this.control.buffer, this.ring, 4 * CONTROL_SIZE, 0, at + 16);
    this.pending += 1;
    await recorder.run(signal);
  }

  /** Of all steps so far. */
  async history(): Promise<readonly StepRecord[]> {
    await this.collect();
    return this.records;
  }

  private async collect(): Promise<void> {
    const shape = [this.pending, RECORD];
    if (this.pending === 0) return;
    const ring = { label: 'records', dtype: 'f32', shape, buffer: this.ring } as const;
    const rows = valuesOf(await download(this.device, ring));
    for (let row = 0; row < this.pending; row++) {
      const [loss, accuracy, lossScale] = rows.subarray(row * RECORD, row * RECORD + 3);
      const block = rows.subarray(row * RECORD + 4, (row + 1) * RECORD);
      this.records.push({
        ...{ loss: loss!, accuracy: accuracy!, lossScale: lossScale! },
        gradientNorm: block[control.NORM]!,
        skipped: block[control.SKIP] !== 0,
      });
    }
    this.pending = 0;
  }
}

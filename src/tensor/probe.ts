/**
 * What binary16 does to gradients: the same step is computed again in f32, with the same weights and the same loss
 * scale, and both gradients are counted parameter by parameter. What rounds to zero in f16 can be seen in f32 alone.
 */
import type { Device } from '@/gpu/device';
import { bind, problemOf, type Bound } from '@/gpu/bind';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { readBack } from '@/gpu/transfer';
import { kernel as cast } from '@/shaders/cast/kernel';
import { COUNTS } from '@/shaders/statistics/counts';
import { kernel as statistics } from '@/shaders/statistics/kernel';
import { settle } from './gradients';
import { Graph } from './graph';
import { flat, type Flat, type Layout } from './parameters';
import { compile, type Program } from './program';
import { describeStep, type Network } from './step';
import type { Training } from './training';

/** Bytes from one parameter's counters to the next: where a binding may start. */
const STRIDE = 512;

/** Counters of `statistics` [8 + 64], by parameter. */
export interface GradientCounts {
  readonly name: string;
  /** Of the gradients in f32, times the loss scale: what the format is asked to hold. */
  readonly exact: Uint32Array;
  /** Of the gradients as they are stored. */
  readonly stored: Uint32Array;
}

export interface Watched {
  readonly training: Training;
  /** Weights in f32. */
  readonly widen: Bound | undefined;
  readonly count: readonly Bound[];
}

export class Probe {
  private constructor(
    private readonly device: Device,
    private readonly scope: Scope,
    private readonly weights: Flat,
    private readonly inputs: Readonly<Record<string, DeviceTensor>>,
    private readonly scale: DeviceTensor,
    private readonly counts: GPUBuffer,
    private readonly program: Program,
    private readonly exact: readonly Bound[],
  ) {}

  /** For trainings of `network`; shared by all of them. */
  static async create(device: Device, scope: Scope, network: Network, like: Training): Promise<Probe> {
    const { layout } = like;
    const weights = flat(scope, 'f32 weights', 'f32', layout);
    const gradients = flat(scope, 'f32 gradients', 'f32', layout);
    const inputs = Object.fromEntries(
      Object.entries(network.inputs).map(([name, spec]) => [name, scope.tensor(name, spec)]),
    );
    const scale = scope.tensor('scale', { dtype: 'f32', shape: [1] });
    const graph = new Graph();
    const leaves = new Map([...weights.slices].map(([name, slice]) => [name, graph.tensor(slice, true)]));
    const batch = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, graph.tensor(t)]));
    const step = describeStep(network, leaves, batch, graph.tensor(scale));
    for (const [name, gradient] of step.gradients)
      settle(graph, gradient, graph.tensor(gradients.slices.get(name)!));
    const program = await compile(graph, device, scope);
    const counts = scope.buffer('counts', 2 * STRIDE * layout.slices.length);
    const exact = await countAll(device, scope, gradients, counts, 0);
    return new Probe(device, scope, weights, inputs, scale, counts, program, exact);
  }

  async watch(training: Training): Promise<Watched> {
    const { device, scope, weights, counts } = this;
    const x = training.working.whole;
    const widen =
      x.dtype === 'f16'
        ? await bind(device, scope, cast, problemOf(cast, { x }, { to: 'f32' }), { x, y: weights.whole })
        : undefined;
    const from = STRIDE * training.layout.slices.length;
    return { training, widen, count: await countAll(device, scope, training.gradients, counts, from) };
  }

  /**
   * Queues the backward pass and the counting for the batch that `training` has; before its own step, so that the
   * weights and the scale are those of that step.
   */
  before({ training, widen }: Watched): void {
    const recorder = new Recorder(this.device).clear(this.counts);
    if (widen) recorder.add(widen);
    else recorder.copy(training.working.whole.buffer, this.weights.whole.buffer);
    for (const [name, input] of Object.entries(this.inputs))
      recorder.copy(training.inputs[name]!.buffer, input.buffer);
    recorder.copy(training.control.buffer, this.scale.buffer, 4);
    this.program.record(recorder);
    for (const bound of this.exact) recorder.add(bound);
    recorder.submit();
  }

  /** Of what `after` reads back. */
  readBytes({ slices }: Pick<Layout, 'slices'>): number {
    return 2 * STRIDE * slices.length;
  }

  /** After the training's own step: counts what it stored. What comes back may be awaited later. */
  after({ training, count }: Watched): Promise<GradientCounts[]> {
    const recorder = new Recorder(this.device);
    for (const bound of count) recorder.add(bound);
    recorder.submit();
    const { slices } = training.layout;
    const bytes = this.readBytes(training.layout);
    return readBack(
      this.device,
      bytes,
      (encoder, staging) => encoder.copyBufferToBuffer(this.counts, 0, staging, 0, bytes),
      (mapped) => {
        const at = (i: number): Uint32Array =>
          new Uint32Array(mapped.slice(STRIDE * i, STRIDE * i + 4 * COUNTS));
        return slices.map(({ name }, i) => ({ name, exact: at(i), stored: at(slices.length + i) }));
      },
    );
  }
}

function countAll(
  device: Device,
  scope: Scope,
  { slices }: Flat,
  buffer: GPUBuffer,
  from: number,
): Promise<Bound[]> {
  return Promise.all(
    [...slices.values()].map((x, i) => {
      const spec = { dtype: 'u32', shape: [COUNTS] } as const;
      const counts = { ...spec, label: 'counts', buffer, offset: from + STRIDE * i };
      return bind(device, scope, statistics, problemOf(statistics, { x, counts }, {}), { x, counts });
    }),
  );
}

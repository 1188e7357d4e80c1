/**
 * Training without a GPU: the graphs of a step and of its update, walked by the kernels' tuned TypeScript in f32.
 * Between steps everything is plain arrays; a step that was cancelled on its way leaves them as they were.
 */
import type { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { AdamwAttrs } from '@/shaders/adamw/kernel';
import { control, CONTROL_SIZE, controlOf } from '@/shaders/lib/control';
import { Graph, Tensor } from './graph';
import { cpuStep, evaluate, gradientsOf, namedWeights, type Compute, type CpuStep } from './onCpu';
import { initialValues, layoutOf, type Layout } from './parameters';
import type { StepRecord } from './records';
import type { Network } from './step';
import { describeUpdate, type State } from './update';

export interface CpuTrainingOptions {
  readonly optimiser?: Partial<AdamwAttrs>;
  readonly rate: number;
  readonly random: Random;
}

/** A step that was computed, with every tensor of it. */
export interface Walked extends CpuStep {
  readonly values: ReadonlyMap<Tensor, HostTensor>;
}

type Arrays = Readonly<Record<keyof State, HostTensor>>;

export class CpuTraining {
  readonly layout: Layout;
  readonly records: StepRecord[] = [];
  private readonly update = new Graph();
  private readonly leaves: State;
  private arrays: Arrays;

  constructor(
    private readonly network: Network,
    private readonly options: CpuTrainingOptions,
  ) {
    this.layout = layoutOf(network.parameters);
    this.arrays = this.anew(initialValues(this.layout, options.random), options.rate);
    this.leaves = Object.fromEntries(
      Object.entries(this.arrays).map(([name, { dtype, shape }]) => [
        name,
        new Tensor(this.update, name, dtype, shape, false),
      ]),
    ) as Record<keyof State, Tensor>;
    describeUpdate(this.leaves, { optimiser: options.optimiser ?? {}, scaler: {} });
  }

  /** f32 [layout.size]. */
  get weights(): Float32Array {
    return valuesOf(this.arrays.p) as Float32Array;
  }

  /** Sets all weights, f32 [layout.size]; the optimiser begins anew. */
  begin(values: HostTensor): void {
    this.arrays = this.anew(values, valuesOf(this.arrays.control)[control.RATE]!);
  }

  /** From the next step on. */
  setRate(rate: number): void {
    const block = Float32Array.from(valuesOf(this.arrays.control));
    block[control.RATE] = rate;
    this.arrays = { ...this.arrays, control: tensor('f32', [CONTROL_SIZE], block) };
  }

  /** One step on `batch`: its loss and gradients, then the update. */
  async step(batch: HostTensors, compute: Compute): Promise<Walked> {
    const cpu = cpuStep(this.network, namedWeights(this.layout.slices, this.weights), batch);
    const values = await evaluate(cpu, compute);
    const before = { ...this.arrays, grad: gradientsOf(this.layout, cpu, values) };
    const given = new Map(names.map((name) => [this.leaves[name], before[name]]));
    const after = await evaluate({ nodes: this.update.nodes, given }, compute);
    const steered = valuesOf(after.get(this.leaves.control)!);
    const [lost, updates] = valuesOf(after.get(this.leaves.lost)!);
    // The rate may have moved meanwhile.
    const rate = valuesOf(this.arrays.control)[control.RATE]!;
    this.arrays = Object.fromEntries(
      names.map((name) => [name, after.get(this.leaves[name])!]),
    ) as unknown as Arrays;
    this.setRate(rate);
    const one = (t: Tensor): number => valuesOf(values.get(t)!)[0]!;
    this.records.push({
      ...{ loss: one(cpu.step.loss), accuracy: one(cpu.step.accuracy), lossScale: 1, skipped: false },
      gradientNorm: steered[control.NORM]!,
      overflows: steered[control.OVERFLOWS]!,
      ...{ lost: lost!, updates: updates! },
    });
    return { ...cpu, values };
  }

  private anew(p: HostTensor, rate: number): Arrays {
    const empty = tensor('f32', [this.layout.size], new Float32Array(this.layout.size));
    return {
      ...{ p, m1: empty, m2: empty, grad: empty },
      control: tensor('f32', [CONTROL_SIZE], controlOf({ RATE: rate })),
      lost: tensor('u32', [2], new Uint32Array(2)),
    };
  }
}

const names = ['p', 'm1', 'm2', 'grad', 'control', 'lost'] as const;

/** What else a network gives, on weights that are given: held-out logits, samples. */
export async function forwardOnCpu<K extends string>(
  layout: Layout,
  weights: Float32Array,
  inputs: HostTensors,
  build: (weight: (name: string) => Tensor, inputs: Readonly<Record<string, Tensor>>) => Record<K, Tensor>,
  compute: Compute,
): Promise<Record<K, HostTensor>> {
  const graph = new Graph();
  const given = new Map<Tensor, HostTensor>();
  const leavesOf = (hosts: HostTensors): Record<string, Tensor> =>
    Object.fromEntries(
      Object.entries(hosts).map(([name, host]) => {
        const leaf = new Tensor(graph, name, host.dtype, host.shape, false);
        given.set(leaf, host);
        return [name, leaf];
      }),
    );
  const leaves = leavesOf(namedWeights(layout.slices, weights));
  const made = build((name) => leaves[name]!, leavesOf(inputs));
  const values = await evaluate({ nodes: graph.nodes, given }, compute);
  return Object.fromEntries(
    Object.entries<Tensor>(made).map(([name, t]) => [name, values.get(t)!]),
  ) as Record<K, HostTensor>;
}

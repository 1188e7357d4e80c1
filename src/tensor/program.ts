/**
 * A graph made ready to run: every tensor has its place in memory, every node is bound, and a run takes few
 * submissions. A training step therefore allocates nothing: its memory is flat by construction.
 */
import { bind, problemOf, type Bound, type Tensors } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { nothing, type Graph, type Node, type Tensor } from './graph';
import { place } from './memory';

/** Memory comes from `scope` and goes with it. */
export async function compile({ nodes }: Graph, device: Device, scope: Scope): Promise<Program> {
  const memory = place(nodes, scope);
  const work = nodes.filter(({ kernel }) => kernel !== nothing);
  const bound = await Promise.all(
    work.map(({ kernel, attrs, inputs, outputs }) => {
      const tensors: Tensors = Object.fromEntries(
        Object.entries({ ...inputs, ...outputs }).map(([name, t]) => [name, memory(t)]),
      );
      // Not what a tuner found: the same seed must give the same numbers.
      return bind(device, scope, kernel, problemOf(kernel, inputs, attrs), tensors);
    }),
  );
  return new Program(device, work, bound, memory);
}

export class Program {
  constructor(
    private readonly device: Device,
    /** What runs, in this order, and how each of them was bound. */
    readonly nodes: readonly Node[],
    readonly bound: readonly Bound[],
    /** Where a kept tensor of the graph lives. */
    readonly memory: (t: Tensor) => DeviceTensor,
  ) {}

  /** The variant that each node runs, for reports. */
  get variants(): readonly string[] {
    return this.bound.map(({ variant }) => variant);
  }

  /** Appends the whole computation to what `recorder` will submit. */
  record(recorder = new Recorder(this.device)): Recorder {
    for (const bound of this.bound) recorder.add(bound);
    return recorder;
  }

  async run(signal?: AbortSignal): Promise<void> {
    await this.record().run(signal);
  }
}

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

/**
 * Memory comes from `scope` and goes with it.
 * @param pick the variant of a node; left out, each kernel's default and not what a tuner found, for the same seed must
 * give the same numbers
 */
export async function compile(
  { nodes }: Pick<Graph, 'nodes'>,
  device: Device,
  scope: Scope,
  pick: (node: Node) => Promise<string | undefined> | undefined = () => undefined,
): Promise<Program> {
  const memory = place(nodes, scope);
  const work = nodes.filter(({ kernel }) => kernel !== nothing);
  const bound = await Promise.all(
    work.map(async (node) => {
      const { kernel, attrs, inputs, outputs } = node;
      const variant = await pick(node);
      const tensors: Tensors = Object.fromEntries(
        Object.entries({ ...inputs, ...outputs }).map(([name, t]) => [name, memory(t)]),
      );
      return bind(device, scope, kernel, problemOf(kernel, inputs, attrs), tensors, variant);
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

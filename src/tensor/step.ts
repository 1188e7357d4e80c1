/** What a training step computes, as a graph: the loss of a network, and the gradients of its parameters. */
import { kernel as reduce } from '@/shaders/reduce/kernel';
import type { Specs } from '@/lib/tensor';
import { backward } from './gradients';
import type { Tensor } from './graph';
import type { Loss } from './ops';
import type { ParameterSpec } from './parameters';

export interface Network {
  readonly parameters: readonly ParameterSpec[];
  /** What a batch is made of: "x" [32, 784], "targets" [32]. */
  readonly inputs: Specs;
  loss(weight: (name: string) => Tensor, inputs: Readonly<Record<string, Tensor>>): Loss;
}

export interface Step {
  /** Means over the rows, [1]. */
  readonly loss: Tensor;
  readonly accuracy: Tensor;
  /** By parameter; none where the loss does not depend on it. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/** Appends forward and backward pass to the graph of `scale` [1], the gradient of the loss. */
export function describeStep(
  network: Network,
  leaves: ReadonlyMap<string, Tensor>,
  batch: Readonly<Record<string, Tensor>>,
  scale: Tensor,
): Step {
  const { graph } = scale;
  const { loss, hit } = network.loss((name) => leaves.get(name)!, batch);
  const mean = (x: Tensor): Tensor => graph.apply(reduce, { x }, { op: 'mean' }).y!.keep();
  const results = { loss: mean(loss), accuracy: mean(hit) };
  const found = backward(loss, scale);
  const gradients = new Map<string, Tensor>();
  for (const [name, leaf] of leaves) {
    const gradient = found.get(leaf);
    if (gradient) gradients.set(name, gradient);
  }
  return { ...results, gradients };
}

/** What is asked of a network on held-out data: its logits, and the mean loss and accuracy of a batch. */
import type { Classifier } from '@/models/classifier';
import { kernel as reduce } from '@/shaders/reduce/kernel';
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';

export type Outputs = 'logits' | 'loss' | 'accuracy';

export function evaluation(
  network: Classifier,
  weight: (name: string) => Tensor,
  inputs: Readonly<Record<string, Tensor>>,
): Record<Outputs, Tensor> {
  const logits = network.logits(weight, inputs);
  const { loss, hit } = ops.crossEntropy(logits, inputs.targets!);
  const mean = (x: Tensor): Tensor => x.graph.apply(reduce, { x }, { op: 'mean' }).y!;
  return { logits, loss: mean(loss), accuracy: mean(hit) };
}

/** Steps from one closer look to the next: about forty in a run of the declared length. */
export const stepsBetween = (steps: number): number => Math.max(5, Math.round(steps / 40));

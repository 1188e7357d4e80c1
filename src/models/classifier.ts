/** A network that gives logits, and its loss: what training, evaluation and prediction share. */
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import type { Network } from '@/tensor/step';

export type Weight = (name: string) => Tensor;

export interface Classifier extends Network {
  /** [rows, classes] of the inputs but "targets". */
  logits(weight: Weight, inputs: Readonly<Record<string, Tensor>>): Tensor;
}

export const classifier = (parts: Omit<Classifier, 'loss'>): Classifier => ({
  ...parts,
  loss: (weight, inputs) => ops.crossEntropy(parts.logits(weight, inputs), inputs.targets!),
});

/** The inputs in the format of the weights: pixels lose their last digits there too. */
export const like = (x: Tensor, weight: Tensor): Tensor =>
  ops.cast(x, weight.dtype === 'f16' ? 'f16' : 'f32');

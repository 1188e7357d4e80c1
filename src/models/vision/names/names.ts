/** What the tensors of a network are called in a checkpoint, and what else its origin decides. */
import { weightedOf, blocksOf, type Network, type Weighted } from '../description';

/** "features.0.0" stands for "features.0.0.weight" and, without a norm, "features.0.0.bias". */
export interface Place {
  readonly layer: string;
  /** Of the batch norm after it: weight, bias, running_mean, running_var. */
  readonly norm?: string;
}
export type Places = ReadonlyMap<Weighted, Place>;

export interface Origin {
  /** The library that wrote the checkpoint. */
  readonly name: 'timm' | 'torchvision';
  /** ε of its batch norms. */
  readonly eps: number;
  /** Where the zeros around an image go when they do not divide evenly: TensorFlow's `same`, or as many on all sides. */
  readonly padding: 'symmetric' | 'same';
  places(network: Network): Places;
}

export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Every tensor of a checkpoint. */
export const tensorsOf = (network: Network, places: Places): NamedShape[] =>
  blocksOf(network).flatMap(({ layers }) =>
    weightedOf(layers).flatMap((layer): NamedShape[] => {
      const place = places.get(layer)!;
      const { outputs } = layer;
      const named = (prefix: string, ...parts: string[]): NamedShape[] =>
        parts.map((part) => ({ name: `${prefix}.${part}`, shape: [outputs] }));
      return [
        { name: `${place.layer}.weight`, shape: weightShape(layer) },
        ...(place.norm === undefined
          ? named(place.layer, 'bias')
          : named(place.norm, 'weight', 'bias', 'running_mean', 'running_var')),
      ];
    }),
  );

/** [outputs, inputs / groups, k, k]; of a linear layer [outputs, inputs], after which checkpoints may have axes of 1. */
export const weightShape = (layer: Weighted): number[] =>
  layer.kind === 'linear'
    ? [layer.outputs, layer.inputs]
    : [layer.outputs, layer.inputs / layer.groups, layer.kernel, layer.kernel];

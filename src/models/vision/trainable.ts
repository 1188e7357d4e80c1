/**
 * A description as a network to be trained: batch norms with the batch's own statistics, parameters by the names that a
 * checkpoint of its origin has, so that what was trained here is loaded like anyone's weights.
 */
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';
import { classifier, type Classifier, type Weight } from '../classifier';
import { blocksOf, weightedOf, type Layer, type Network, type Weighted } from './description';
import { describe, type Run } from './graph';
import { weightShape, type Origin, type Place, type Places } from './names/names';

/** Images of a batch, and the pixels of a side. */
export interface BatchShape {
  readonly rows: number;
  readonly size: number;
}

export interface Trainable extends Classifier {
  /** Logits [rows, classes], and of each batch norm by its name the mean and 1/√(variance + ε) of its channels [C, 2]. */
  withStatistics(
    weight: Weight,
    inputs: Readonly<Record<string, Tensor>>,
  ): { readonly logits: Tensor; readonly statistics: ReadonlyMap<string, Tensor> };
}

/** Throws for what has no gradient here, which EfficientNet and MobileNet do without: pools, shuffles, halves. */
export function trainable(network: Network, origin: Origin, { rows, size }: BatchShape): Trainable {
  const without = blocksOf(network).find((block) => !block.layers.every(hasGradient));
  if (without) throw new RangeError(`block ${without.name} has a pool, a shuffle or halves: no gradient yet`);
  const places = origin.places(network);
  const layers = blocksOf(network).flatMap((block) => weightedOf(block.layers));
  const withStatistics: Trainable['withStatistics'] = (weight, { x }) => {
    const statistics = new Map<string, Tensor>();
    const run = trained(weight, places, origin.eps, statistics);
    return { logits: describe(network, x!, run, origin.padding).logits, statistics };
  };
  return {
    ...classifier({
      parameters: layers.flatMap((layer) => parametersOf(layer, places.get(layer)!)),
      inputs: {
        x: { dtype: 'f32', shape: [rows, size, size, 3] },
        targets: { dtype: 'i32', shape: [rows] },
      },
      logits: (weight, inputs) => withStatistics(weight, inputs).logits,
    }),
    withStatistics,
  };
}

const hasGradient = (layer: Layer): boolean =>
  layer.kind === 'branches'
    ? layer.input === 'whole' && layer.activation === 'none' && layer.branches.flat().every(hasGradient)
    : layer.kind !== 'pool' && layer.kind !== 'shuffle';

/** The gain of He et al. (2015); a norm makes any other good as well. */
function parametersOf(layer: Weighted, { layer: own, norm }: Place): ParameterSpec[] {
  const shape = weightShape(layer);
  const fanIn = shape.slice(1).reduce((a, b) => a * b);
  const gain = layer.kind === 'conv' ? Math.SQRT2 : 1;
  const each = (name: string, value: number): ParameterSpec => ({
    ...{ name, shape: [layer.outputs], init: constant(value) },
  });
  return [
    { name: `${own}.weight`, shape, init: normal(fanIn, gain) },
    ...(norm === undefined ? [each(`${own}.bias`, 0)] : [each(`${norm}.weight`, 1), each(`${norm}.bias`, 0)]),
  ];
}

/** Convolution, batch norm, activation as three, and the residual added: what a folded one does at once. */
const trained =
  (weight: Weight, places: Places, eps: number, statistics: Map<string, Tensor>): Run =>
  (layer, x, window, residual) => {
    const { layer: own, norm } = places.get(layer)!;
    const w = weight(`${own}.weight`);
    const square = layer.kind === 'linear' ? x.graph.reshape(w, [...w.shape, 1, 1]) : w;
    const bias = norm === undefined ? weight(`${own}.bias`) : undefined;
    let y = ops.conv2d(x, square, bias, window);
    if (norm !== undefined) {
      const normed = ops.batchNorm(y, weight(`${norm}.weight`), weight(`${norm}.bias`), eps);
      statistics.set(norm, normed.stats);
      y = normed.y;
    }
    if (layer.activation !== 'none') y = ops.unary(layer.activation, y);
    return residual ? ops.add(y, residual) : y;
  };

/** A description as kernels on images [N, H, W, C]: what runs on the GPU, and from which memory is planned. */
import { kernel as channelShuffle } from '@/shaders/channel-shuffle/kernel';
import { kernel as conv2d } from '@/shaders/conv2d/kernel';
import type { Conv2dAttrs } from '@/shaders/conv2d/dims';
import { kernel as pool2d } from '@/shaders/pool2d/kernel';
import type { Node, Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import {
  blocksOf,
  type Block,
  type Branches,
  type Conv,
  type Layer,
  type Network,
  type Pool,
  type Weighted,
} from './description';
import type { Origin } from './names/names';
import { windowed } from './trace';

export interface LayerTensors {
  /** [outputs, inputs / groups, k, k]. */
  readonly weight: Tensor;
  /** [outputs]. */
  readonly bias: Tensor;
}

/** Of the window of a convolution; a linear layer has none. */
export type Window = Partial<Pick<Conv2dAttrs, 'stride' | 'groups' | 'padding'>>;

/** y of x for a layer with weights, its activation included; `residual` is added after that. */
export type Run = (layer: Weighted, x: Tensor, window: Window, residual?: Tensor) => Tensor;

/** One convolution each, whose batch norm is in the weights already. */
export const folded =
  (weights: (layer: Weighted) => LayerTensors): Run =>
  (layer, x, window, residual) => {
    const { weight, bias } = weights(layer);
    const inputs = { x, w: weight, bias, ...(residual && { residual }) };
    return x.graph.apply(conv2d, inputs, { activation: layer.activation, ...window }).y!;
  };

export interface Described {
  /** [N, classes]. */
  readonly logits: Tensor;
  /** What each block runs, in order. */
  readonly nodes: ReadonlyMap<Block, readonly Node[]>;
}

/** Logits of x [N, H, W, 3]. */
export function describe(network: Network, x: Tensor, run: Run, padding: Origin['padding']): Described {
  const { graph } = x;
  const build = new Build(run, padding);
  const nodes = new Map<Block, readonly Node[]>();
  let y = x;
  for (const block of blocksOf(network)) {
    const from = graph.nodes.length;
    y = build.sequence(block.layers, y);
    nodes.set(block, graph.nodes.slice(from));
  }
  return { logits: graph.reshape(y, [x.shape[0]!, network.classes]), nodes };
}

/** What a sequence of layers makes of x [N, H, W, C]. */
export const sequence = (
  layers: readonly Layer[],
  x: Tensor,
  weights: (layer: Weighted) => LayerTensors,
  padding: Origin['padding'],
): Tensor => new Build(folded(weights), padding).sequence(layers, x);

class Build {
  constructor(
    private readonly run: Run,
    private readonly padding: Origin['padding'],
  ) {}

  sequence(layers: readonly Layer[], x: Tensor): Tensor {
    return layers.reduce((y, layer) => this.layer(layer, y), x);
  }

  private layer(layer: Layer, x: Tensor): Tensor {
    switch (layer.kind) {
      case 'conv':
      case 'linear':
        return this.weighted(layer, x);
      case 'squeeze-excite':
        return ops.mul(x, this.sequence([{ kind: 'global-pool' }, layer.reduce, layer.expand], x));
      case 'pool':
        return pool(layer, x);
      case 'global-pool':
        return ops.meanPixels(x);
      case 'shuffle':
        return x.graph.apply(channelShuffle, { x }, { groups: layer.groups }).y!;
      case 'branches':
        return this.branches(layer, x);
    }
  }

  private weighted(layer: Weighted, x: Tensor, residual?: Tensor): Tensor {
    return this.run(layer, x, layer.kind === 'conv' ? this.window(layer) : {}, residual);
  }

  private window({ kernel, stride, groups, padding }: Conv): Window {
    const even = this.padding === 'same' ? ('same' as const) : (kernel - 1) / 2;
    return { stride, groups, padding: padding ?? even };
  }

  private branches({ input, branches, join, activation }: Branches, x: Tensor): Tensor {
    const own = input === 'halves' ? halves(x) : branches.map(() => x);
    const joined = join === 'add' ? this.sum(branches, own) : this.beside(branches, own);
    return activation === 'none' ? joined : ops.unary(activation, joined);
  }

  private sum(branches: Branches['branches'], own: readonly Tensor[]): Tensor {
    const [first, second] = branches;
    const last = second?.at(-1);
    // What is only handed on is added where the other branch's last sum is finished.
    if (branches.length === 2 && first!.length === 0 && last?.kind === 'conv')
      return this.weighted(last, this.sequence(second!.slice(0, -1), own[1]!), own[0]);
    return branches.map((branch, i) => this.sequence(branch, own[i]!)).reduce(ops.add);
  }

  private beside(branches: Branches['branches'], own: readonly Tensor[]): Tensor {
    return branches.map((branch, i) => this.sequence(branch, own[i]!)).reduce((a, b) => ops.concat(a, b));
  }
}

/** The first and the second half of the channels. */
function halves(x: Tensor): readonly [Tensor, Tensor] {
  const half = x.shape.at(-1)! / 2;
  return [ops.slice(x, 0, half), ops.slice(x, half, 2 * half)];
}

function pool(layer: Pool, x: Tensor): Tensor {
  const { op, kernel, stride, padding } = layer;
  const [below, right] = [x.shape[1]!, x.shape[2]!].map((n) => padding + windowed(n, layer).beyond);
  const attrs = {
    op,
    window: kernel,
    stride,
    padding: [padding, padding, below!, right!],
    countIncludePad: true,
  };
  return x.graph.apply(pool2d, { x }, attrs).y!;
}

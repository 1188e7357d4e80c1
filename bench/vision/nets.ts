/** Networks of vision with random weights, batch norms folded, and how each library's operations say their layers. */
import {
  blocksOf,
  weightedOf,
  type Branches,
  type Layer,
  type Network,
  type Weighted,
} from '@/models/vision/description';
import { efficientnet } from '@/models/vision/efficientnet';
import { invertedResidual, squeezeExcite } from '@/models/vision/layers';
import { mobilenetV2 } from '@/models/vision/mobilenetV2';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import type { Task, Values } from '../contract';
import { moved, permuted } from '../layout';

export interface Net {
  readonly network: Network;
  /** Of the square input, one image: pixels a side, and channels. */
  readonly side: number;
  readonly channels: number;
}

/** A block of EfficientNet-B0's fourth stage (80 channels at 14²) by itself; all that it gives is what is compared. */
function mbconv(): Net {
  const [side, inputs, expanded, kernel] = [14, 80, 480, 3];
  const squeeze = squeezeExcite(expanded, inputs / 4, 'silu', 'sigmoid');
  const shape = {
    kernel,
    stride: 1,
    inputs,
    expanded,
    outputs: inputs,
    activation: 'silu',
    squeeze,
  } as const;
  const stem = invertedResidual('block', shape);
  const nothing = { ...stem, name: 'none', layers: [] };
  return {
    network: { stem, stages: [], head: nothing, classes: side * side * inputs },
    side,
    channels: inputs,
  };
}

const image = (network: Network): Net => ({ network, side: 224, channels: 3 });

/** By the op of their task. */
export const nets: Readonly<Record<string, Net>> = {
  mbconv: mbconv(),
  'network.mobilenet-v2': image(mobilenetV2()),
  'network.efficientnet-b0': image(efficientnet('b0')),
};

export const netOf = ({ op }: Task): Net => {
  const net = nets[op];
  if (!net) throw new RangeError(`no network for ${op}`);
  return net;
};

export const layersOf = ({ network }: Net): Layer[] => blocksOf(network).flatMap(({ layers }) => layers);

/** [outputs, inputs / groups, k, k]: a linear layer is a convolution of one pixel. */
export const tapsOf = (layer: Weighted): number[] => {
  const [kernel, groups] = layer.kind === 'conv' ? [layer.kernel, layer.groups] : [1, 1];
  return [layer.outputs, layer.inputs / groups, kernel, kernel];
};

/** x [1, side, side, channels], and the weights and bias of layer i as wi and bi. */
export function inputsOf(net: Net, random: Random): HostTensors {
  const normal = (shape: readonly number[], deviation: number) => {
    const values = random.normals(sizeOf(shape));
    return tensor(
      'f32',
      shape,
      values.map((value) => value * deviation),
    );
  };
  const weights = weightedOf(layersOf(net)).flatMap((layer, i) => {
    const taps = tapsOf(layer);
    // As many as keep the variance through a ReLU (He et al. 2015), so that logits are neither 0 nor ∞.
    const deviation = Math.sqrt(2 / sizeOf(taps.slice(1)));
    return [[`w${i}`, normal(taps, deviation)] as const, [`b${i}`, normal([layer.outputs], 0.1)] as const];
  });
  return { x: normal([1, net.side, net.side, net.channels], 1), ...Object.fromEntries(weights) };
}

/** A library's operations on its own kind of tensor. */
export interface Operations<T> {
  /** wi and bi of layer i, and its activation. */
  weighted(x: T, layer: Weighted, i: number): T;
  add(a: T, b: T): T;
  mul(a: T, b: T): T;
  /** Over the pixels, which become one. */
  mean(x: T): T;
  /** For one use more. */
  again(x: T): T;
}

const unsaid = ({ kind }: Layer): RangeError => new RangeError(`${kind} layers are not said for the peers`);

/** What is added to what comes in: none of these networks has other branches. */
function inside(layer: Branches): readonly Layer[] {
  const [shortcut, layers] = layer.branches;
  if (layer.join !== 'add' || shortcut?.length !== 0 || !layers) throw unsaid(layer);
  return layers;
}

/** What the layers make of x. */
export function run<T>(layers: readonly Layer[], x: T, ops: Operations<T>): T {
  const indices = new Map(weightedOf(layers).map((layer, i) => [layer, i]));
  const weighted = (y: T, layer: Weighted): T => ops.weighted(y, layer, indices.get(layer)!);
  const sequence = (some: readonly Layer[], from: T): T => some.reduce((y, layer) => one(layer, y), from);
  const one = (layer: Layer, y: T): T => {
    switch (layer.kind) {
      case 'conv':
      case 'linear':
        return weighted(y, layer);
      case 'squeeze-excite': {
        const squeezed = weighted(ops.mean(ops.again(y)), layer.reduce);
        return ops.mul(y, weighted(squeezed, layer.expand));
      }
      case 'global-pool':
        return ops.mean(y);
      case 'branches':
        return ops.add(sequence(inside(layer), ops.again(y)), y);
      default:
        throw unsaid(layer);
    }
  };
  return sequence(layers, x);
}

/** Zeros on every side of a window. */
export const windowOf = (layer: Weighted) =>
  layer.kind === 'conv'
    ? { stride: layer.stride, groups: layer.groups, padding: layer.padding ?? (layer.kernel - 1) / 2 }
    : { stride: 1, groups: 1, padding: 0 };

/** What a library that puts channels first gives: [1, C, H, W], one pixel of logits or a block's image. */
export const outputOf = ({ network, side, channels }: Net): number[] =>
  network.head.layers.length > 0 ? [1, network.classes, 1, 1] : [1, channels, side, side];

export const channelsFirst = (inputs: HostTensors): HostTensors => ({
  ...inputs,
  x: moved(inputs.x!, [0, 3, 1, 2]),
});
export const channelsLast = (values: Values, task: Task): Values =>
  permuted(values, outputOf(netOf(task)), [0, 2, 3, 1]);

/** A network with a checkpoint's weights, ready to run on batches of one size. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import { kernel as conv2d } from '@/shaders/conv2d/kernel';
import { kernel as reduce } from '@/shaders/reduce/kernel';
import { Graph, type Tensor } from '@/tensor/graph';
import { bytesOf, plan } from '@/tensor/memory';
import { compile, type Program } from '@/tensor/program';
import { weightedOf, type Network, type Weighted } from './description';
import type { Folded } from './fold';
import { describe, folded, type Described, type LayerTensors } from './graph';
import type { Origin } from './names/names';

/** What `checkpoint.ts` loads; weights may also be made one after the other, so that they need never all be held here. */
export interface Weights {
  readonly network: Network;
  readonly origin: Pick<Origin, 'padding'>;
  readonly weights: Iterable<readonly [Weighted, Folded]>;
}

export interface Inference {
  /** Images [N, H, W, 3], normalised; of another first block as many channels as it takes. */
  readonly x: DeviceTensor;
  /** [N, classes]. */
  readonly logits: DeviceTensor;
  readonly program: Program;
  /** Bytes of everything between x and the logits: as planned, and if nothing shared memory. */
  readonly activations: { readonly shared: number; readonly apart: number };
  /** What each block runs, in order. */
  readonly blocks: Described['nodes'];
  /**
   * Class activation maps (Zhou et al. 2016), where asked for: what each pixel of the last feature map adds to each logit,
   * [N, h, w, classes]. Their mean over the pixels, plus the bias, is the logit.
   */
  readonly maps: DeviceTensor | undefined;
}

/** Memory comes from `scope` and goes with it. */
export async function prepare(
  device: Device,
  scope: Scope,
  { network, origin, weights }: Weights,
  [images, height, width]: readonly [number, number, number],
  options: { readonly maps?: boolean } = {},
): Promise<Inference> {
  const graph = new Graph();
  const x = scope.tensor('x', { dtype: 'f32', shape: [images, height, width, network.stem.inputs] });
  const leaves = new Map<Weighted, LayerTensors>();
  for (const [layer, { weight, bias }] of weights) {
    leaves.set(layer, {
      weight: graph.tensor(upload(device, scope, `${layer.role}.weight`, weight)),
      bias: graph.tensor(upload(device, scope, `${layer.role}.bias`, bias)),
    });
  }
  const described = describe(
    network,
    graph.tensor(x),
    folded((layer) => leaves.get(layer)!),
    origin.padding,
  );
  const { logits, nodes: blocks } = described;
  logits.keep();
  const maps = options.maps ? mapsOf(network, described, (layer) => leaves.get(layer)!) : undefined;
  const program = await compile(graph, device, scope);
  return {
    ...{ x, logits: program.memory(logits), program, blocks },
    activations: bytesOf(plan(graph.nodes)),
    maps: maps && program.memory(maps),
  };
}

/** Of a head that is a mean over the pixels and one linear layer, which may as well come first. */
function mapsOf(network: Network, { nodes }: Described, weights: (layer: Weighted) => LayerTensors): Tensor {
  const classifier = weightedOf(network.head.layers).at(-1)!;
  const pooled = nodes.get(network.head)!.find(({ kernel }) => kernel.name === reduce.name)!;
  const x = pooled.inputs.x!;
  if (x.shape[3] !== classifier.inputs)
    throw new RangeError('class activation maps need a head of one linear layer after the mean');
  return x.graph.apply(conv2d, { x, w: weights(classifier).weight }, {}).y!.keep();
}

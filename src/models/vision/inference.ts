/** A network with a checkpoint's weights, ready to run on batches of one size. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import { Graph } from '@/tensor/graph';
import { bytesOf, plan } from '@/tensor/memory';
import { compile, type Program } from '@/tensor/program';
import type { Network, Weighted } from './description';
import type { Folded } from './fold';
import { describe, folded, type LayerTensors } from './graph';
import type { Origin } from './names/names';

/** What `checkpoint.ts` loads; weights may also be made one after the other, so that they need never all be held here. */
export interface Weights {
  readonly network: Network;
  readonly origin: Pick<Origin, 'padding'>;
  readonly weights: Iterable<readonly [Weighted, Folded]>;
}

export interface Inference {
  /** Images [N, H, W, 3], normalised. */
  readonly x: DeviceTensor;
  /** [N, classes]. */
  readonly logits: DeviceTensor;
  readonly program: Program;
  /** Bytes of everything between x and the logits: as planned, and if nothing shared memory. */
  readonly activations: { readonly shared: number; readonly apart: number };
}

/** Memory comes from `scope` and goes with it. */
export async function prepare(
  device: Device,
  scope: Scope,
  { network, origin, weights }: Weights,
  [images, height, width]: readonly [number, number, number],
): Promise<Inference> {
  const graph = new Graph();
  const x = scope.tensor('x', { dtype: 'f32', shape: [images, height, width, 3] });
  const leaves = new Map<Weighted, LayerTensors>();
  for (const [layer, { weight, bias }] of weights) {
    leaves.set(layer, {
      weight: graph.tensor(upload(device, scope, `${layer.role}.weight`, weight)),
      bias: graph.tensor(upload(device, scope, `${layer.role}.bias`, bias)),
    });
  }
  const { logits } = describe(
    network,
    graph.tensor(x),
    folded((layer) => leaves.get(layer)!),
    origin.padding,
  );
  logits.keep();
  const program = await compile(graph, device, scope);
  return { x, logits: program.memory(logits), program, activations: bytesOf(plan(graph.nodes)) };
}

/** A description as a graph without memory: what it would take, and what walks it on the CPU. */
import { Graph, Tensor, type Node } from '@/tensor/graph';
import { bytesOf, plan } from '@/tensor/memory';
import type { Network, Weighted } from './description';
import { describe, folded, type Described, type LayerTensors } from './graph';
import type { Origin } from './names/names';
import { weightShape } from './names/names';

export interface Blueprint extends Described {
  /** Images [N, H, W, 3]. */
  readonly x: Tensor;
  readonly nodes: Described['nodes'];
  /** In the order in which they run. */
  readonly all: readonly Node[];
  /** Leaves that weights go into. */
  readonly leaves: ReadonlyMap<Weighted, LayerTensors>;
}

export function blueprint(
  network: Network,
  [images, height, width]: readonly [number, number, number],
  padding: Origin['padding'],
): Blueprint {
  const graph = new Graph();
  const leaf = (label: string, shape: readonly number[]): Tensor =>
    new Tensor(graph, label, 'f32', shape, false);
  const leaves = new Map<Weighted, LayerTensors>();
  const weights = (layer: Weighted): LayerTensors => {
    const shape = weightShape(layer);
    const made = {
      weight: leaf(`${layer.role}.weight`, layer.kind === 'linear' ? [...shape, 1, 1] : shape),
      bias: leaf(`${layer.role}.bias`, [layer.outputs]),
    };
    leaves.set(layer, made);
    return made;
  };
  const x = leaf('x', [images, height, width, 3]);
  const described = describe(network, x, folded(weights), padding);
  described.logits.keep();
  return { ...described, x, leaves, all: graph.nodes };
}

/** Bytes of everything between the images and the logits: as planned, and if nothing shared memory. */
export const activationBytes = ({ all }: Pick<Blueprint, 'all'>): { shared: number; apart: number } =>
  bytesOf(plan(all));

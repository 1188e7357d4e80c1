/** Every description as a graph: the sizes that the trace says, on images of odd sizes too, in less memory than apart. */
import { describe as suite, expect, test } from 'vitest';
import { Graph, Tensor } from '@/tensor/graph';
import { bytesOf, plan } from '@/tensor/memory';
import { blocksOf, type Network, type Weighted } from './description';
import { googlenet } from './googlenet';
import { describe, folded, type LayerTensors } from './graph';
import { mobilenetV1 } from './mobilenetV1';
import { models } from './models';
import { weightShape } from './names/names';
import { shufflenetV1 } from './shufflenetV1';
import { trace } from './trace';

const networks: [string, Network][] = [
  ...models.map(({ name, build }): [string, Network] => [name, build(7)]),
  ['mobilenet-v1 of full convolutions', mobilenetV1(1, 7, 'full')],
  ['googlenet of the paper', googlenet(7, 5)],
  ...([1, 2, 3, 4, 8] as const).map((groups): [string, Network] => [
    `shufflenet in ${groups} groups`,
    shufflenetV1(groups, 1, 7),
  ]),
];
const [N, H, W] = [2, 75, 64];

const leaves =
  (graph: Graph) =>
  (layer: Weighted): LayerTensors => {
    const leaf = (shape: readonly number[]): Tensor => new Tensor(graph, layer.role, 'f32', shape, false);
    const shape = weightShape(layer);
    return { weight: leaf(layer.kind === 'linear' ? [...shape, 1, 1] : shape), bias: leaf([layer.outputs]) };
  };

suite.each(networks)('%s', (_, network) => {
  test.each(['symmetric', 'same'] as const)('%s', (padding) => {
    const graph = new Graph();
    const x = new Tensor(graph, 'x', 'f32', [N, H, W, 3], false);
    const { logits, nodes } = describe(network, x, folded(leaves(graph)), padding);
    expect(logits.shape).toEqual([N, 7]);
    const traced = trace(network, H, W);
    for (const block of blocksOf(network)) {
      const made = Object.values(nodes.get(block)!.at(-1)!.outputs)[0]!;
      const [height, width] = traced.filter((layer) => layer.block === block).at(-1)!.output;
      expect(made.shape).toEqual([N, height, width, block.outputs]);
    }
    const { shared, apart } = bytesOf(plan(graph.nodes));
    expect(shared).toBeLessThan(apart / 2);
  });
});

/** A network of vision as an ONNX graph: NCHW, weights as initializers, so that its optimizer may fold and rearrange them. */
import type { HostTensors } from '@/lib/tensor';
import { weightedOf, type Weighted } from '@/models/vision/description';
import type { Task } from '../contract';
import type { Constant, Graph, Node } from '../peers/onnx';
import type { OnnxExpression } from '../peers/onnxruntime';
import { channelsFirst, channelsLast, layersOf, netOf, outputOf, run, windowOf } from './nets';

/** Names of values in the graph, which grows as they are asked for. */
class Build {
  readonly nodes: Node[] = [];
  readonly constants: Constant[] = [
    { name: 'zero', shape: [], data: Float32Array.of(0) },
    { name: 'six', shape: [], data: Float32Array.of(6) },
  ];
  private values = 0;

  node(type: string, inputs: readonly string[], attributes: Node['attributes'] = {}): string {
    const name = `v${this.values++}`;
    this.nodes.push({ type, inputs, outputs: [name], attributes });
    return name;
  }

  weighted(x: string, layer: Weighted, i: number): string {
    const { stride, groups, padding } = windowOf(layer);
    const pads = [padding, padding, padding, padding];
    const y = this.node('Conv', [x, `w${i}`, `b${i}`], { group: groups, strides: [stride, stride], pads });
    switch (layer.activation) {
      case 'none':
        return y;
      case 'relu':
        return this.node('Relu', [y]);
      case 'relu6':
        return this.node('Clip', [y, 'zero', 'six']);
      case 'sigmoid':
        return this.node('Sigmoid', [y]);
      case 'silu':
        return this.node('Mul', [y, this.node('Sigmoid', [y])]);
      default:
        throw new RangeError(`${layer.activation} is not said in ONNX`);
    }
  }
}

function graph(task: Task, inputs: HostTensors): Graph {
  const net = netOf(task);
  const layers = layersOf(net);
  const build = new Build();
  const y = run(layers, 'x', {
    weighted: (x, layer, i) => build.weighted(x, layer, i),
    add: (a, b) => build.node('Add', [a, b]),
    mul: (a, b) => build.node('Mul', [a, b]),
    mean: (x) => build.node('GlobalAveragePool', [x]),
    again: (x) => x,
  });
  const weights = weightedOf(layers).flatMap((_, i) => [`w${i}`, `b${i}`]);
  return {
    inputs: [{ name: 'x', shape: inputs.x!.shape }],
    outputs: [{ name: y, shape: outputOf(net) }],
    nodes: build.nodes,
    constants: [
      ...build.constants,
      ...weights.map((name): Constant => {
        const { shape, data } = inputs[name]!;
        return { name, shape, data: data as Float32Array<ArrayBuffer> };
      }),
    ],
  };
}

export const onnxruntime: OnnxExpression = {
  name: 'graph',
  note: 'NCHW, weights as initializers',
  arrange: channelsFirst,
  restore: channelsLast,
  model: graph,
};

/** A causal transformer over characters: pre-norm blocks of attention and a GELU layer (Vaswani et al. 2017; GPT-2). */
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';
import { classifier, type Classifier, type Weight } from './classifier';

export interface CharShape {
  /** Windows of a batch. */
  readonly rows: number;
  /** Characters of a window. */
  readonly context: number;
  readonly vocab: number;
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
}

export function charTransformer(shape: CharShape): Classifier {
  const { rows, context, vocab, width, heads, blocks } = shape;
  const names = Array.from({ length: blocks }, (_, i) => `blocks.${i}`);
  return classifier({
    parameters: [
      { name: 'embedding.weight', shape: [vocab, width], init: normal(1) },
      { name: 'position.weight', shape: [context, width], init: normal(1, 0.3) },
      ...names.flatMap((name) => blockParameters(name, width, blocks)),
      ...norm('norm', width),
      { name: 'head.weight', shape: [width, vocab], init: normal(width) },
      { name: 'head.bias', shape: [vocab], init: constant(0) },
    ],
    inputs: {
      x: { dtype: 'i32', shape: [rows * context] },
      targets: { dtype: 'i32', shape: [rows * context] },
    },
    logits(weight, { x }) {
      const { graph } = x!;
      const tokens = ops.embedding(weight('embedding.weight'), x!);
      let h = ops.add(graph.reshape(tokens, [rows, context, width]), weight('position.weight'));
      for (const name of names) h = block(h, weight, name, heads);
      const y = ops.layerNorm(h, weight('norm.weight'), weight('norm.bias'));
      const logits = ops.linear(y, weight('head.weight'), weight('head.bias'));
      return graph.reshape(logits, [rows * context, vocab]);
    },
  });
}

const norm = (name: string, width: number): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [width], init: constant(1) },
  { name: `${name}.bias`, shape: [width], init: constant(0) },
];

const dense = (name: string, fanIn: number, out: number, gain = 1): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [fanIn, out], init: normal(fanIn, gain) },
  { name: `${name}.bias`, shape: [out], init: constant(0) },
];

/** What ends in the residual stream is made smaller, so that its variance does not grow with the depth. */
const blockParameters = (name: string, width: number, blocks: number): ParameterSpec[] => [
  ...norm(`${name}.norm1`, width),
  ...['query', 'key', 'value'].flatMap((part) => dense(`${name}.${part}`, width, width)),
  ...dense(`${name}.project`, width, width, 1 / Math.sqrt(2 * blocks)),
  ...norm(`${name}.norm2`, width),
  ...dense(`${name}.expand`, width, 4 * width),
  ...dense(`${name}.contract`, 4 * width, width, 1 / Math.sqrt(2 * blocks)),
];

/** h + attention(norm h), then h + MLP(norm h): [rows, context, width]. */
function block(h: Tensor, weight: Weight, name: string, heads: number): Tensor {
  const { graph } = h;
  const [rows, context, width] = h.shape as [number, number, number];
  const layer = (x: Tensor, part: string): Tensor =>
    ops.linear(x, weight(`${name}.${part}.weight`), weight(`${name}.${part}.bias`));
  const normed = (x: Tensor, part: string): Tensor =>
    ops.layerNorm(x, weight(`${name}.${part}.weight`), weight(`${name}.${part}.bias`));
  const split = (x: Tensor): Tensor =>
    ops.transpose(graph.reshape(x, [rows, context, heads, width / heads]), [0, 2, 1, 3]);
  const x = normed(h, 'norm1');
  const [q, k, v] = ['query', 'key', 'value'].map((part) => split(layer(x, part)));
  const o = ops.transpose(ops.attention(q!, k!, v!, true), [0, 2, 1, 3]);
  const mixed = ops.add(h, layer(graph.reshape(o, [rows, context, width]), 'project'));
  const hidden = ops.gelu(layer(normed(mixed, 'norm2'), 'expand'));
  return ops.add(mixed, layer(hidden, 'contract'));
}

import { expect, test } from 'vitest';
import { Graph, Tensor } from './graph';
import { bytesOf, plan } from './memory';
import * as ops from './ops';

const leaf = (graph: Graph, size: number): Tensor => new Tensor(graph, 'x', 'f32', [size], false);

test('a chain needs two buffers, however long it is', () => {
  const graph = new Graph();
  let x = leaf(graph, 64);
  for (let i = 0; i < 10; i++) x = ops.relu(x);
  expect(bytesOf(plan(graph.nodes))).toEqual({ shared: 2 * 256, apart: 10 * 256 });
});

test('what is kept, or read later, shares with nobody in between', () => {
  const graph = new Graph();
  const x = leaf(graph, 64);
  const first = ops.relu(x).keep();
  const second = ops.relu(first);
  const third = ops.gelu(second);
  const sum = ops.add(third, second);
  const { of } = plan(graph.nodes);
  const rooms = [first, second, third, sum].map((t) => of.get(t));
  expect(new Set(rooms).size).toBe(4);
});

test('tensors whose lives overlap have rooms of their own, and every room is large enough', () => {
  const graph = new Graph();
  let x = leaf(graph, 32);
  const made: Tensor[] = [];
  for (let i = 0; i < 30; i++) {
    const part = ops.slice(x, 0, 1 + ((i * 7) % Math.min(16, x.shape[0]!)));
    const other = ops.slice(made.at(-3) ?? x, 0, 1);
    x = ops.concat(ops.concat(part, other), ops.gelu(part));
    made.push(x);
  }
  const { of } = plan(graph.nodes);
  for (const [i, { inputs, outputs }] of graph.nodes.entries())
    for (const y of Object.values(outputs)) {
      expect(of.get(y)!.bytes).toBeGreaterThanOrEqual(4 * y.shape[0]!);
      const later = graph.nodes.slice(i + 1).flatMap((node) => Object.values(node.inputs));
      const live = graph.nodes
        .slice(0, i)
        .flatMap((node) => Object.values(node.outputs))
        .filter((t) => later.includes(t) || Object.values(inputs).includes(t));
      for (const t of live) expect(of.get(t)).not.toBe(of.get(y));
    }
});

/**
 * Gradients as the tape computes them on the GPU, against central differences of the kernels' float64 references:
 * L = Σ dy∘f(x…), of which dL/dx is what the tape must give for x.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { problemOf } from '@/gpu/bind';
import { openTestDevice } from '@/gpu/testing';
import { download, upload } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { sizeOf, tensor, toFloat64, valuesOf, type HostTensor } from '@/lib/tensor';
import { loadKernel } from '@/shaders';
import { backward } from './gradients';
import { Graph, type Tensor } from './graph';
import * as ops from './ops';
import { compile } from './program';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly f: (...x: Tensor[]) => Tensor;
  /** For tensors that are no variables: ids, targets. */
  readonly fixed?: readonly HostTensor[];
  /** Keeps variables away from where f is not smooth. */
  readonly away?: number;
  /** L is the mean of y, times one number: so for losses. */
  readonly mean?: boolean;
}

const ids = (...values: number[]): HostTensor => tensor('i32', [values.length], values);

const cases: Case[] = [
  {
    name: 'matmul',
    shapes: [
      [3, 5],
      [5, 4],
    ],
    f: (a, b) => ops.matmul(a, b),
  },
  {
    name: 'matmul, transA',
    shapes: [
      [5, 3],
      [5, 4],
    ],
    f: (a, b) => ops.matmul(a, b, { transA: true }),
  },
  {
    name: 'matmul, transB',
    shapes: [
      [3, 5],
      [4, 5],
    ],
    f: (a, b) => ops.matmul(a, b, { transB: true }),
  },
  {
    name: 'matmul of stacks, both transposed',
    shapes: [
      [2, 5, 3],
      [2, 4, 5],
    ],
    f: (a, b) => ops.matmul(a, b, { transA: true, transB: true }),
  },
  {
    name: 'batch norm',
    shapes: [[2, 3, 2, 5], [5], [5]],
    f: (x, gamma, beta) => ops.batchNorm(x, gamma, beta).y,
  },
  { name: 'mean over the pixels', shapes: [[2, 3, 2, 5]], f: (x) => ops.meanPixels(x) },
  { name: 'linear with bias', shapes: [[2, 3, 4], [4, 5], [5]], f: (x, w, b) => ops.linear(x, w, b) },
  {
    name: 'linear',
    shapes: [
      [7, 3],
      [3, 2],
    ],
    f: (x, w) => ops.linear(x, w),
  },
  {
    name: 'conv2d with bias',
    shapes: [[2, 5, 4, 3], [4, 3, 3, 3], [4]],
    f: (x, w, b) => ops.conv2d(x, w, b, { stride: 2, padding: 'same' }),
  },
  {
    name: 'conv2d, dilated, in groups',
    shapes: [
      [1, 5, 6, 4],
      [6, 2, 2, 2],
    ],
    f: (x, w) => ops.conv2d(x, w, undefined, { dilation: [2, 1], groups: 2, padding: [1, 0, 0, 2] }),
  },
  {
    name: 'add',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: ops.add,
  },
  { name: 'add, b repeats', shapes: [[2, 3, 4], [4]], f: ops.add },
  {
    name: 'add, a repeats',
    shapes: [
      [3, 1],
      [3, 5],
    ],
    f: ops.add,
  },
  { name: 'mul', shapes: [[6], [6]], f: ops.mul },
  {
    name: 'mul, b repeats',
    shapes: [
      [4, 2, 3],
      [2, 1],
    ],
    f: ops.mul,
  },
  { name: 'one tensor twice', shapes: [[5]], f: (x) => ops.mul(x, ops.add(x, x)) },
  { name: 'relu', shapes: [[3, 7]], f: ops.relu, away: 0.01 },
  { name: 'gelu', shapes: [[3, 7]], f: ops.gelu },
  { name: 'silu', shapes: [[3, 7]], f: ops.silu },
  { name: 'transpose', shapes: [[2, 3, 4]], f: (x) => ops.transpose(x, [2, 0, 1]) },
  { name: 'reshape', shapes: [[2, 6]], f: (x) => x.graph.reshape(x, [3, 4]) },
  { name: 'layer norm', shapes: [[3, 8], [8], [8]], f: (x, g, b) => ops.layerNorm(x, g, b) },
  {
    name: 'group norm',
    shapes: [[2, 3, 2, 6], [6], [6]],
    f: (x, g, b) => ops.groupNorm(x, g, b, 3),
  },
  { name: 'pixel shuffle', shapes: [[2, 3, 2, 8]], f: ops.pixelShuffle },
  {
    name: 'squared error',
    shapes: [
      [3, 2, 4],
      [3, 2, 4],
    ],
    f: (a, b) => ops.squaredError(a, b).loss,
    mean: true,
  },
  {
    name: 'embedding',
    shapes: [[4, 3]],
    fixed: [ids(2, 0, 2, 3, 2)],
    f: (w, at) => ops.embedding(w, at),
  },
  {
    name: 'cross-entropy',
    shapes: [[4, 5]],
    fixed: [ids(3, 0, 4, 1)],
    f: (logits, targets) => ops.crossEntropy(logits, targets).loss,
    mean: true,
  },
  {
    name: 'causal attention',
    shapes: [
      [1, 2, 5, 16],
      [1, 1, 5, 16],
      [1, 1, 5, 16],
    ],
    f: (q, k, v) => ops.attention(q, k, v, true),
  },
];

/** Runs the graph's nodes by their references; values stay in double precision between them. */
async function inFloat64(graph: Graph, values: Map<Tensor, HostTensor>): Promise<void> {
  for (const { kernel, attrs, inputs, outputs } of graph.nodes) {
    if (kernel.name === 'reshape') {
      values.set(outputs.y!, { ...values.get(inputs.x!)!, shape: outputs.y!.shape });
      continue;
    }
    const { reference } = await loadKernel(kernel.name);
    const hosts = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, values.get(t)!]));
    const rows = Array.from({ length: kernel.rows(problemOf(kernel, inputs, attrs)) }, (_, row) => row);
    const made = reference(hosts, attrs, rows);
    for (const [name, t] of Object.entries(outputs)) values.set(t, double(t.shape, made[name]!));
  }
}

/** A host tensor that holds doubles: references read numbers, whatever array they are in. */
const double = (shape: readonly number[], data: Float64Array): HostTensor => ({
  dtype: 'f32',
  shape,
  data: data as unknown as HostTensor['data'],
});

describe('the gradient of', () => {
  test.each(cases)('$name', async ({ shapes, f, fixed = [], away = 0, mean = false }) => {
    const random = new Random(5);
    const scope = device.root.child('gradients');
    const hosts = [
      ...shapes.map((shape) => {
        const normals = random.normals(sizeOf(shape)).map((v) => v + Math.sign(v) * away);
        return tensor('f32', shape, normals);
      }),
      ...fixed,
    ];
    const graph = new Graph();
    const x = hosts.map((host, i) =>
      graph.tensor(upload(device, scope, `x${i}`, host), host.dtype === 'f32'),
    );
    const y = f(...x);
    const forward = [...graph.nodes];
    const dyShape = mean ? [1] : y.shape;
    const dyHost = tensor('f32', dyShape, random.normals(sizeOf(dyShape)));
    const dyValues = valuesOf(dyHost);
    const gradients = backward(y, graph.tensor(upload(device, scope, 'dy', dyHost)));
    const variables = x.slice(0, shapes.length);
    for (const t of variables) gradients.get(t)!.keep();
    const program = await compile(graph, device, scope);
    await program.run();

    const only = new Graph();
    only.nodes.push(...forward);
    const loss = async (changed: readonly HostTensor[]): Promise<number> => {
      const values = new Map(x.map((t, i) => [t, changed[i]!]));
      await inFloat64(only, values);
      const out = valuesOf(values.get(y)!);
      let total = 0;
      out.forEach((v, i) => (total += v * (mean ? dyValues[0]! / out.length : dyValues[i]!)));
      return total;
    };
    for (const [at, t] of variables.entries()) {
      const got = valuesOf(await download(device, program.memory(gradients.get(t)!)));
      const own = toFloat64(hosts[at]!);
      let error = 0;
      let norm = 0;
      for (let i = 0; i < own.length; i++) {
        const h = 1e-5;
        const nudged = (by: number): HostTensor[] =>
          hosts.map((host, j) =>
            j === at
              ? double(
                  host.shape,
                  own.map((v, k) => (k === i ? v + by : v)),
                )
              : host,
          );
        const slope = ((await loss(nudged(h))) - (await loss(nudged(-h)))) / (2 * h);
        error += (got[i]! - slope) ** 2;
        norm += slope ** 2;
      }
      expect(Math.sqrt(error), `input ${at}`).toBeLessThan(1e-5 * Math.sqrt(norm) + 1e-7);
    }
    scope.close();
  });
});

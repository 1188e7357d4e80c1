/** Matrix products, f32: squares, a few rows as in decoding, a batch as in attention. */
import { tensor } from '@/lib/tensor';
import type { Op, Task } from '../contract';
import type { Graph } from '../peers/onnx';

interface Size {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  /** Matrices; without it there is one, and no leading axis. */
  readonly B?: number;
}

const task = (name: string, size: Size): Task => {
  const lead = size.B === undefined ? [] : [size.B];
  const drawn = [...lead, size.M, size.K];
  const weight = [...lead, size.K, size.N];
  const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  return {
    op: `matmul.${name}`,
    shape: { ...size },
    attrs: { transA: false, transB: false, accumulate: 'f32', alpha: 1, activation: 'none' },
    inputs: (random) => ({
      a: tensor('f32', drawn, random.normals(count(drawn))),
      b: tensor('f32', weight, random.normals(count(weight))),
    }),
  };
};

const square = (n: number): Task => task('square', { M: n, N: n, K: n });

function graph({ shape: { M = 1, N = 1, K = 1, B } }: Task): Graph {
  const lead = B === undefined ? [] : [B];
  return {
    inputs: [
      { name: 'a', shape: [...lead, M, K] },
      { name: 'b', shape: [...lead, K, N] },
    ],
    outputs: [{ name: 'c', shape: [...lead, M, N] }],
    nodes: [{ type: 'MatMul', inputs: ['a', 'b'], outputs: ['c'] }],
  };
}

export const op: Op = {
  kernel: 'matmul',
  output: 'c',
  tasks: [
    square(256),
    square(512),
    square(1024),
    task('row', { M: 1, N: 2048, K: 2048 }),
    task('rows', { M: 8, N: 2048, K: 2048 }),
    task('batch', { B: 16, M: 128, N: 128, K: 64 }),
  ],
  peers: {
    onnxruntime: [{ name: 'MatMul', model: graph }],
    tensorflow: [{ name: 'matMul', run: (tf, { a, b }) => tf.matMul(a!, b!) }],
    jax: [{ name: 'numpy.matmul', run: (jax, { a, b }) => jax.numpy.matmul(a!, b!) }],
  },
};

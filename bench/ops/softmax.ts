/** Softmax over the last axis, f32. */
import { tensor } from '@/lib/tensor';
import type { Op } from '../contract';

const rows = 4096;
const width = 1024;

export const op: Op = {
  kernel: 'softmax',
  output: 'y',
  tasks: [
    {
      op: 'softmax',
      shape: { rows, width },
      attrs: { axis: -1 },
      inputs: (random) => ({ x: tensor('f32', [rows, width], random.normals(rows * width, 3)) }),
    },
  ],
  peers: {
    onnxruntime: [
      {
        name: 'Softmax',
        model: () => ({
          inputs: [{ name: 'x', shape: [rows, width] }],
          outputs: [{ name: 'y', shape: [rows, width] }],
          nodes: [{ type: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: { axis: 1 } }],
        }),
      },
    ],
    tensorflow: [{ name: 'softmax', run: (tf, { x }) => tf.softmax(x!) }],
    jax: [{ name: 'nn.softmax', run: (jax, { x }) => jax.nn.softmax(x!) }],
  },
};

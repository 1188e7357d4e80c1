/** Layer normalisation over the last axis, f32. */
import { tensor } from '@/lib/tensor';
import type { Op } from '../contract';

const EPS = 1e-5;
const rows = 4096;
const width = 1024;

export const op: Op = {
  kernel: 'layer-norm',
  output: 'y',
  tasks: [
    {
      op: 'layer-norm',
      shape: { rows, width },
      attrs: { eps: EPS },
      inputs: (random) => ({
        x: tensor('f32', [rows, width], random.normals(rows * width, 3)),
        gamma: tensor('f32', [width], random.normals(width)),
        beta: tensor('f32', [width], random.normals(width)),
      }),
    },
  ],
  peers: {
    onnxruntime: [
      {
        name: 'LayerNormalization',
        model: () => ({
          inputs: [
            { name: 'x', shape: [rows, width] },
            { name: 'gamma', shape: [width] },
            { name: 'beta', shape: [width] },
          ],
          outputs: [{ name: 'y', shape: [rows, width] }],
          nodes: [
            {
              type: 'LayerNormalization',
              inputs: ['x', 'gamma', 'beta'],
              outputs: ['y'],
              attributes: { axis: 1, epsilon: { float: EPS } },
            },
          ],
        }),
      },
    ],
    tensorflow: [
      {
        name: 'moments',
        note: 'it has no layer normalisation outside its layers; these are their operations',
        run(tf, { x, gamma, beta }) {
          const { mean, variance } = tf.moments(x!, -1, true);
          return x!.sub(mean).mul(variance.add(EPS).rsqrt()).mul(gamma!).add(beta!);
        },
      },
    ],
    jax: [
      {
        name: 'nn.standardize',
        run: (jax, { x, gamma, beta }) => jax.nn.standardize(x!, -1, { epsilon: EPS }).mul(gamma!).add(beta!),
      },
    ],
  },
};

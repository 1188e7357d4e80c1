/** Convolutions, f32: dense as in ResNet, depthwise and pointwise as in MobileNet, and a small network's layer. */
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import type { Op, Task, Values } from '../contract';
import { moved, permuted } from '../layout';
import type { Graph } from '../peers/onnx';

interface Size {
  readonly N: number;
  readonly H: number;
  readonly C: number;
  readonly Cout: number;
  readonly k: number;
  readonly stride: number;
}

/** Square images and windows, padded as symmetric libraries do, (k − 1)/2 zeros a side. */
const task = (name: string, size: Size): Task => {
  const { N, H, C, Cout, k, stride } = size;
  const groups = name === 'depthwise' ? C : 1;
  const [x, w] = [
    [N, H, H, C],
    [Cout, C / groups, k, k],
  ];
  return {
    op: `conv2d.${name}`,
    shape: { ...size },
    attrs: { stride, dilation: 1, padding: (k - 1) / 2, groups, activation: 'none' },
    inputs: (random) => ({
      x: tensor('f32', x, random.normals(sizeOf(x))),
      w: tensor('f32', w, random.normals(sizeOf(w))),
    }),
  };
};

const dims = ({
  shape: { N = 1, H = 1, C = 1, Cout = 1, k = 1, stride = 1 },
}: Task): Size & { out: number } => ({
  ...{ N, H, C, Cout, k, stride },
  out: Math.floor((H - 1) / stride) + 1,
});
const isDepthwise = ({ attrs }: Task): boolean => attrs.groups !== 1;

const channelsFirst = ({ x, w }: HostTensors): HostTensors => ({ x: moved(x!, [0, 3, 1, 2]), w: w! });
const channelsLast = (values: Values, given: Task): Values => {
  const { N, Cout, out } = dims(given);
  return permuted(values, [N, Cout, out, out], [0, 2, 3, 1]);
};
/** [kh, kw, Cin, Cout], or [kh, kw, C, 1] of a depthwise one. */
const tapsFirst = ({ x, w }: HostTensors, given: Task): HostTensors => ({
  x: x!,
  w: moved(w!, isDepthwise(given) ? [2, 3, 0, 1] : [2, 3, 1, 0]),
});

function graph(given: Task): Graph {
  const { N, H, C, Cout, k, stride, out } = dims(given);
  const group = isDepthwise(given) ? C : 1;
  const before = (k - 1) / 2;
  return {
    inputs: [
      { name: 'x', shape: [N, C, H, H] },
      { name: 'w', shape: [Cout, C / group, k, k] },
    ],
    outputs: [{ name: 'y', shape: [N, Cout, out, out] }],
    nodes: [
      {
        type: 'Conv',
        inputs: ['x', 'w'],
        outputs: ['y'],
        attributes: { group, strides: [stride, stride], pads: [before, before, before, before] },
      },
    ],
  };
}

export const op: Op = {
  kernel: 'conv2d',
  output: 'y',
  tasks: [
    task('dense', { N: 1, H: 56, C: 64, Cout: 64, k: 3, stride: 1 }),
    task('batch', { N: 64, H: 10, C: 16, Cout: 32, k: 3, stride: 2 }),
    task('pointwise', { N: 1, H: 56, C: 64, Cout: 128, k: 1, stride: 1 }),
    task('pointwise', { N: 1, H: 14, C: 80, Cout: 480, k: 1, stride: 1 }),
    task('depthwise', { N: 1, H: 112, C: 32, Cout: 32, k: 3, stride: 1 }),
    task('depthwise', { N: 1, H: 112, C: 32, Cout: 32, k: 3, stride: 2 }),
    task('depthwise', { N: 1, H: 112, C: 32, Cout: 32, k: 5, stride: 1 }),
    task('depthwise', { N: 1, H: 112, C: 32, Cout: 32, k: 5, stride: 2 }),
    task('depthwise', { N: 1, H: 56, C: 144, Cout: 144, k: 3, stride: 1 }),
    task('depthwise', { N: 1, H: 56, C: 144, Cout: 144, k: 3, stride: 2 }),
    task('depthwise', { N: 1, H: 56, C: 144, Cout: 144, k: 5, stride: 1 }),
    task('depthwise', { N: 1, H: 56, C: 144, Cout: 144, k: 5, stride: 2 }),
    task('depthwise', { N: 1, H: 14, C: 480, Cout: 480, k: 3, stride: 1 }),
    task('depthwise', { N: 1, H: 14, C: 480, Cout: 480, k: 3, stride: 2 }),
    task('depthwise', { N: 1, H: 14, C: 480, Cout: 480, k: 5, stride: 1 }),
    task('depthwise', { N: 1, H: 14, C: 480, Cout: 480, k: 5, stride: 2 }),
  ],
  peers: {
    onnxruntime: [
      { name: 'Conv', note: 'NCHW', arrange: channelsFirst, restore: channelsLast, model: graph },
    ],
    tensorflow: [
      {
        name: 'conv2d',
        note: 'NHWC; depthwiseConv2d where channels are by themselves',
        arrange: tapsFirst,
        run: (tf, { x, w }, given) => {
          const { k, stride } = dims(given);
          const image = x! as Parameters<typeof tf.conv2d>[0];
          const taps = w! as Parameters<typeof tf.conv2d>[1];
          const before = (k - 1) / 2;
          const pad: [[number, number], [number, number], [number, number], [number, number]] = [
            [0, 0],
            [before, before],
            [before, before],
            [0, 0],
          ];
          return isDepthwise(given)
            ? tf.depthwiseConv2d(image, taps, stride, pad)
            : tf.conv2d(image, taps, stride, pad);
        },
      },
    ],
    jax: [
      {
        name: 'lax.convGeneralDilated',
        note: 'NCHW',
        arrange: channelsFirst,
        restore: channelsLast,
        run: (jax, { x, w }, given) => {
          const { C, k, stride } = dims(given);
          const before = (k - 1) / 2;
          return jax.lax.convGeneralDilated(
            x!,
            w!,
            [stride, stride],
            [
              [before, before],
              [before, before],
            ],
            { featureGroupCount: isDepthwise(given) ? C : 1 },
          );
        },
      },
    ],
  },
};

/** A network of vision by TensorFlow.js: NHWC, bias and what it can of the activation fused into the convolution. */
import type { HostTensors } from '@/lib/tensor';
import { weightedOf, type Weighted } from '@/models/vision/description';
import type { Task } from '../contract';
import type { Tensorflow, TensorflowExpression } from '../peers/tensorflow';
import { moved } from '../layout';
import { layersOf, netOf, run, windowOf } from './nets';

/** Those that its fused kernels know. */
const fused = { none: 'linear', relu: 'relu', relu6: 'relu6', sigmoid: 'sigmoid' } as const;

type Tensor4 = ReturnType<Tensorflow['tensor4d']>;

/** [kh, kw, Cin, Cout], or [kh, kw, C, 1] of a depthwise one. */
function tapsFirst(inputs: HostTensors, task: Task): HostTensors {
  const taps = weightedOf(layersOf(netOf(task))).map((layer, i) => {
    const order = windowOf(layer).groups > 1 ? [2, 3, 0, 1] : [2, 3, 1, 0];
    return [`w${i}`, moved(inputs[`w${i}`]!, order)] as const;
  });
  return { ...inputs, ...Object.fromEntries(taps) };
}

export const tensorflow: TensorflowExpression = {
  name: 'fused.conv2d',
  note: 'NHWC; fused.depthwiseConv2d where channels are by themselves',
  arrange: tapsFirst,
  run(tf, tensors, task) {
    const weighted = (x: Tensor4, layer: Weighted, i: number): Tensor4 => {
      const { stride, groups, padding } = windowOf(layer);
      const { activation } = layer;
      const known = activation in fused ? fused[activation as keyof typeof fused] : 'linear';
      const given = {
        x,
        filter: tensors[`w${i}`] as Tensor4,
        bias: tensors[`b${i}`]!,
        strides: stride,
        pad: padding,
        activation: known,
      };
      const y = groups > 1 ? tf.fused.depthwiseConv2d(given) : tf.fused.conv2d(given);
      if (activation === 'silu') return tf.mul(y, tf.sigmoid(y));
      if (!(activation in fused)) throw new RangeError(`${activation} is not said for TensorFlow.js`);
      return y;
    };
    return run<Tensor4>(layersOf(netOf(task)), tensors.x as Tensor4, {
      weighted,
      add: (a, b) => tf.add(a, b),
      mul: (a, b) => tf.mul(a, b),
      mean: (x) => tf.mean(x, [1, 2], true),
      again: (x) => x,
    });
  },
};

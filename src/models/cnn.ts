/** A small convolutional network on square grey images: two strided 3 × 3 convolutions with ReLU, then a linear layer. */
import * as ops from '@/tensor/ops';
import { constant, normal } from '@/tensor/parameters';
import { classifier, like, type Classifier } from './classifier';

const CHANNELS = [16, 32] as const;

/** @param rows images of a batch; @param size pixels of a side, a multiple of 4 */
export function cnn(rows: number, size: number, classes = 10): Classifier {
  const [first, second] = CHANNELS;
  const flat = second * (size / 4) ** 2;
  return classifier({
    parameters: [
      { name: 'conv1.weight', shape: [first, 1, 3, 3], init: normal(9, Math.SQRT2) },
      { name: 'conv1.bias', shape: [first], init: constant(0) },
      { name: 'conv2.weight', shape: [second, first, 3, 3], init: normal(9 * first, Math.SQRT2) },
      { name: 'conv2.bias', shape: [second], init: constant(0) },
      { name: 'head.weight', shape: [flat, classes], init: normal(flat) },
      { name: 'head.bias', shape: [classes], init: constant(0) },
    ],
    inputs: {
      x: { dtype: 'f32', shape: [rows, size, size, 1] },
      targets: { dtype: 'i32', shape: [rows] },
    },
    logits(weight, { x }) {
      const h1 = ops.relu(
        ops.conv2d(like(x!, weight('conv1.weight')), weight('conv1.weight'), weight('conv1.bias'), window),
      );
      const h2 = ops.relu(ops.conv2d(h1, weight('conv2.weight'), weight('conv2.bias'), window));
      const image = h2.graph.reshape(h2, [rows, flat]);
      return ops.linear(image, weight('head.weight'), weight('head.bias'));
    },
  });
}

/** Every second pixel, one pixel of border. */
const window = { stride: [2, 2], padding: [1, 1, 1, 1] } as const;

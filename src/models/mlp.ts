/** A multilayer perceptron on flat images: widths[0] pixels, ReLU between layers, widths.at(-1) classes. */
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';
import { classifier, like, type Classifier } from './classifier';

/** @param rows images of a batch */
export function mlp(rows: number, widths: readonly number[]): Classifier {
  const layers = widths.slice(1).map((out, i) => ({ name: `layers.${i}`, fanIn: widths[i]!, out }));
  return classifier({
    parameters: layers.flatMap(({ name, fanIn, out }): ParameterSpec[] => [
      { name: `${name}.weight`, shape: [fanIn, out], init: normal(fanIn, Math.SQRT2) },
      { name: `${name}.bias`, shape: [out], init: constant(0) },
    ]),
    inputs: {
      x: { dtype: 'f32', shape: [rows, widths[0]!] },
      targets: { dtype: 'i32', shape: [rows] },
    },
    logits: (weight, { x }) =>
      layers.reduce(
        (h, { name }, i) => {
          const y = ops.linear(h, weight(`${name}.weight`), weight(`${name}.bias`));
          return i === layers.length - 1 ? y : ops.relu(y);
        },
        like(x!, weight('layers.0.weight')),
      ),
  });
}

/** The same training step in TensorFlow.js: variables, its tape, its Adam optimiser. */
import type { NamedTensorMap, Optimizer, Tensor, Tensor3D, Variable } from '@tensorflow/tfjs';
import type { Tensorflow, TensorflowExpression, Tensors } from '../peers/tensorflow';
import { adam, blocks, EPS, names, shape } from './shape';

interface State {
  readonly variables: Readonly<Record<string, Variable>>;
  readonly optimizer: Optimizer;
}
const states = new WeakMap<Tensors, State>();

/** Weights are copied once: the inputs stay what the check begins from. */
function stateOf(tf: Tensorflow, tensors: Tensors): State {
  const known = states.get(tensors);
  if (known) return known;
  const variables = Object.fromEntries(names.map((name) => [name, tf.variable(tensors[name]!.clone())]));
  const { rate, beta1, beta2, eps } = adam;
  const state = { variables, optimizer: tf.train.adam(rate, beta1, beta2, eps) };
  states.set(tensors, state);
  return state;
}

type Weight = (name: string) => Tensor;

function lossOf(tf: Tensorflow, weight: Weight, { x, targets }: Tensors): Tensor {
  const { rows, context, width, heads, vocab } = shape;
  const dense = (h: Tensor, name: string): Tensor => {
    const w = weight(`${name}.weight`);
    const flat = h.reshape([rows * context, h.shape.at(-1)!]);
    return tf
      .matMul(flat, w)
      .add(weight(`${name}.bias`))
      .reshape([rows, context, w.shape[1]!]);
  };
  const norm = (h: Tensor, name: string): Tensor => {
    const { mean, variance } = tf.moments(h, -1, true);
    const scaled = h.sub(mean).mul(variance.add(EPS).rsqrt());
    return scaled.mul(weight(`${name}.weight`)).add(weight(`${name}.bias`));
  };
  const split = (h: Tensor): Tensor =>
    h.reshape([rows, context, heads, width / heads]).transpose([0, 2, 1, 3]);
  const seen = tf.linalg
    .bandPart(tf.ones([context, context]), -1, 0)
    .sub(1)
    .mul(1e9);
  let h = tf
    .gather(weight('embedding.weight'), x!.toInt())
    .reshape([rows, context, width])
    .add(weight('position.weight'));
  for (const name of blocks) {
    const y = norm(h, `${name}.norm1`);
    const [q, k, v] = ['query', 'key', 'value'].map((part) => split(dense(y, `${name}.${part}`)));
    const scores = tf
      .matMul(q!, k!, false, true)
      .div(Math.sqrt(width / heads))
      .add(seen);
    const o = tf.matMul(tf.softmax(scores), v!).transpose([0, 2, 1, 3]).reshape([rows, context, width]);
    const mixed = h.add(dense(o as Tensor3D, `${name}.project`));
    const z = dense(norm(mixed, `${name}.norm2`), `${name}.expand`);
    const gelu = z.mul(0.5).mul(tf.erf(z.div(Math.SQRT2)).add(1));
    h = mixed.add(dense(gelu, `${name}.contract`));
  }
  const logits = dense(norm(h, 'norm'), 'head').reshape([rows * context, vocab]);
  const hot = tf.oneHot(targets!.toInt(), vocab);
  return tf.losses.softmaxCrossEntropy(hot, logits);
}

const gradients = (tf: Tensorflow, { variables }: State, tensors: Tensors): NamedTensorMap => {
  const list = Object.values(variables);
  const { grads } = tf.variableGrads(() => lossOf(tf, (name) => variables[name]!, tensors).asScalar(), list);
  return grads;
};

export const tensorflow: TensorflowExpression = {
  name: 'variableGrads, adam',
  run(tf, tensors) {
    const state = stateOf(tf, tensors);
    state.optimizer.applyGradients(gradients(tf, state, tensors));
    return tf.zeros([1]);
  },
  check(tf, tensors) {
    const state = stateOf(tf, tensors);
    const found = gradients(tf, state, tensors);
    return tf.concat(names.map((name) => found[state.variables[name]!.name]!.flatten()));
  },
};

/** The same training step in jax-js: `grad` of a pure function, and Adam written out, all in one jitted call. */
import type { Array as JaxArray } from '@jax-js/jax';
import { sizeOf } from '@/lib/tensor';
import type { Arrays, Jax, JaxExpression } from '../peers/jax';
import { adam, blocks, EPS, names, shape } from './shape';

const states = ['m1', 'm2'] as const;
/** β1^t and β2^t. */
const powers = ['power1', 'power2'] as const;

/** Arrays are consumed by use: `use` hands out another reference. */
function lossOf(jax: Jax, weights: Arrays, { x, targets }: Arrays): JaxArray {
  const { numpy: np, nn } = jax;
  const { rows, context, width, heads, vocab } = shape;
  const use = (name: string): JaxArray => weights[name]!.ref;
  const dense = (h: JaxArray, name: string): JaxArray =>
    np.matmul(h, use(`${name}.weight`)).add(use(`${name}.bias`));
  const norm = (h: JaxArray, name: string): JaxArray =>
    nn
      .standardize(h, -1, { epsilon: EPS })
      .mul(use(`${name}.weight`))
      .add(use(`${name}.bias`));
  // [rows, context, heads, width / heads] is what its attention takes.
  const split = (h: JaxArray): JaxArray => h.reshape([rows, context, heads, width / heads]);
  const tokens = np.matmul(nn.oneHot(x!.ref, vocab), use('embedding.weight'));
  let h = tokens.reshape([rows, context, width]).add(use('position.weight'));
  for (const name of blocks) {
    const y = norm(h.ref, `${name}.norm1`);
    const [q, k, v] = ['query', 'key', 'value'].map((part) => split(dense(y.ref, `${name}.${part}`)));
    y.dispose();
    const o = nn.dotProductAttention(q!, k!, v!, { isCausal: true }).reshape([rows, context, width]);
    const mixed = h.add(dense(o, `${name}.project`));
    const z = dense(norm(mixed.ref, `${name}.norm2`), `${name}.expand`);
    h = mixed.add(dense(nn.gelu(z, { approximate: false }), `${name}.contract`));
  }
  const logits = dense(norm(h, 'norm'), 'head').reshape([rows * context, vocab]);
  const hot = nn.oneHot(targets!.ref, vocab);
  return np.mean(np.sum(nn.logSoftmax(logits).mul(hot), 1)).mul(-1);
}

function gradients(jax: Jax, arrays: Arrays): Record<string, JaxArray> {
  const weights = Object.fromEntries(names.map((name) => [name, arrays[name]!.ref]));
  return jax.grad((all: Arrays) => lossOf(jax, all, arrays))(weights);
}

export const jax: JaxExpression = {
  name: 'jit(grad), Adam',
  note: 'embeddings as products with one-hot rows: the gradient of its gather cannot be jitted',
  state: (jax, inputs) => ({
    ...Object.fromEntries(
      states.flatMap((state) =>
        names.map((name) => [`${state}.${name}`, jax.numpy.zeros([...inputs[name]!.shape])]),
      ),
    ),
    ...Object.fromEntries(powers.map((power) => [power, jax.numpy.array([1])])),
  }),
  run(jax, arrays) {
    const { numpy: np } = jax;
    const { rate, beta1, beta2, eps } = adam;
    const found = gradients(jax, arrays);
    const power1 = arrays.power1!.ref.mul(beta1);
    const power2 = arrays.power2!.ref.mul(beta2);
    const next: Record<string, JaxArray> = {};
    for (const name of names) {
      const g = found[name]!;
      const m1 = arrays[`m1.${name}`]!.ref.mul(beta1).add(g.ref.mul(1 - beta1));
      const m2 = arrays[`m2.${name}`]!.ref.mul(beta2).add(g.ref.mul(g).mul(1 - beta2));
      const slope = m1.ref.div(np.array([1]).sub(power1.ref));
      const size = np.sqrt(m2.ref.div(np.array([1]).sub(power2.ref))).add(eps);
      next[name] = arrays[name]!.ref.sub(slope.div(size).mul(rate));
      next[`m1.${name}`] = m1;
      next[`m2.${name}`] = m2;
    }
    return { ...next, power1, power2 };
  },
  check(jax, arrays) {
    const found = gradients(jax, arrays);
    return jax.numpy.concatenate(names.map((name) => found[name]!.reshape([sizeOf(found[name]!.shape)])));
  },
};

/**
 * Attention by a WASM SIMD library: softmax(scale·QKᵀ + mask)·V as three of its operations, scores in memory.
 * A pair that is not visible gets −10⁹ added, which is what one writes with such a library; so a row that sees
 * nothing comes out as a mean. It is a competitor in time, not a reference.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BaselineInput } from '@/gpu/kernel';
import { dims, keyRange, type AttentionAttrs, type Dims } from './dims';
import type { Library } from '../index';
import { wasmReady, wasmTensor, wasmTitle } from '../lib/wasm';

export const wasm: Library<AttentionAttrs> = {
  title: wasmTitle,
  async prepare(inputs, attrs) {
    await wasmReady();
    const specs = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
    );
    const d = dims({ inputs: specs, attrs });
    const at = (name: string): tf.Tensor => wasmTensor(inputs[name] as BaselineInput);
    const q = at('q');
    const k = repeated(at('k'), d);
    const v = repeated(at('v'), d);
    const bias =
      attrs.causal || attrs.window !== null || d.hasMask
        ? tf.tensor(biasOf(d, inputs.mask), [d.S, d.T])
        : null;
    return async () => {
      const o = tf.tidy(() => {
        const scores = tf.mul(tf.matMul(q, k, false, true), d.scale);
        return tf.matMul(tf.softmax(bias ? tf.add(scores, bias) : scores), v);
      });
      const data = (await o.data()) as Float32Array<ArrayBuffer>;
      o.dispose();
      return { o: data };
    };
  },
};

/** Key and value heads once for every query head of their group: the library has no grouped attention. */
function repeated(t: tf.Tensor, { B, H, Hkv, T, D }: Dims): tf.Tensor {
  if (H === Hkv) return t;
  return tf.reshape(tf.tile(tf.reshape(t, [B, Hkv, 1, T * D]), [1, 1, H / Hkv, 1]), [B, H, T, D]);
}

function biasOf(d: Dims, mask: BaselineInput | undefined): Float32Array {
  const bias = new Float32Array(d.S * d.T).fill(-1e9);
  for (let s = 0; s < d.S; s++) {
    const [first, last] = keyRange(d, s);
    for (let t = first; t < last; t++) if (mask?.data[s * d.T + t] !== 0) bias[s * d.T + t] = 0;
  }
  return bias;
}

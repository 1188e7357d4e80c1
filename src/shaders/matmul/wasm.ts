/**
 * Matrix multiplication by a WASM SIMD library (XNNPACK's kernels): its matMul, then what else was asked for as further
 * operations. It is a competitor in time, not a reference.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BaselineInput } from '@/gpu/kernel';
import type { Library } from '../index';
import { wasmReady, wasmTensor, wasmTitle } from '../lib/wasm';
import type { MatmulAttrs } from './dims';

export const wasm: Library<MatmulAttrs> = {
  title: wasmTitle,
  async prepare(inputs, { transA, transB, alpha, activation }) {
    await wasmReady();
    const a = wasmTensor(inputs.a!);
    const b = wasmTensor(inputs.b!);
    const optional = inputs as Readonly<Record<string, BaselineInput | undefined>>;
    const bias = optional.bias && wasmTensor(optional.bias);
    const residual = optional.residual && wasmTensor(optional.residual);
    return async () => {
      const c = tf.tidy(() => {
        const product = tf.matMul(a, b, transA, transB);
        const scaled = alpha === 1 ? product : tf.mul(product, alpha);
        const finished = activated(bias ? tf.add(scaled, bias) : scaled, activation);
        return residual ? tf.add(finished, residual) : finished;
      });
      const data = (await c.data()) as Float32Array<ArrayBuffer>;
      c.dispose();
      return { c: data };
    };
  },
};

function activated(x: tf.Tensor, activation: MatmulAttrs['activation']): tf.Tensor {
  switch (activation) {
    case 'relu':
      return tf.relu(x);
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'silu':
      return tf.mul(x, tf.sigmoid(x));
    case 'relu6':
      return tf.relu6(x);
    case 'hard-swish':
      return tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6));
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'hard-sigmoid':
      return tf.div(tf.relu6(tf.add(x, 3)), 6);
    case 'none':
      return x;
  }
}

/** TensorFlow.js on its WebGPU backend: operations are recorded as they are called and submitted by the wait. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { valuesOf } from '@/lib/tensor';
import type { Expression, Peer, Task } from '../contract';

export type Tensorflow = typeof tf;
export type Tensors = Readonly<Record<string, tf.Tensor>>;

export interface TensorflowExpression extends Expression {
  /** Tensors beside the inputs that a real caller would also make once. */
  constants?(tf: Tensorflow, task: Task): Tensors;
  run(tf: Tensorflow, tensors: Tensors, task: Task): tf.Tensor;
  /** What is compared where `run` changes state. */
  readonly check?: (tf: Tensorflow, tensors: Tensors, task: Task) => tf.Tensor;
}

/** The part of its WebGPU backend that waiting takes. */
interface Backend {
  readonly device: GPUDevice;
  /** Null where what was recorded has been submitted already, which it does every so many operations. */
  readonly commandEncoder: GPUCommandEncoder | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

export const peer: Peer<TensorflowExpression> = {
  name: 'TensorFlow.js',
  package: '@tensorflow/tfjs',
  async open() {
    if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js has no WebGPU backend here');
    await tf.ready();
    const backend = tf.backend() as unknown as Backend;
    return {
      prepare: (expression, task, inputs) => {
        const tensors: Record<string, tf.Tensor> = { ...expression.constants?.(tf, task) };
        for (const [name, host] of Object.entries(inputs))
          tensors[name] = tf.tensor(
            valuesOf(host),
            [...host.shape],
            host.dtype === 'i32' ? 'int32' : 'float32',
          );
        const run = (): tf.Tensor => tf.tidy(() => expression.run(tf, tensors, task));
        return Promise.resolve({
          device: backend.device,
          async call() {
            const result = run();
            // The pass is still open: submitted like this, nothing of it would run.
            backend.endComputePassEncoder();
            if (backend.commandEncoder) backend.submitQueue();
            await backend.device.queue.onSubmittedWorkDone();
            result.dispose();
          },
          async read() {
            const { check } = expression;
            const result = check ? tf.tidy(() => check(tf, tensors, task)) : run();
            const values = (await result.data()) as Float32Array;
            result.dispose();
            return values;
          },
          close() {
            for (const tensor of Object.values(tensors)) tensor.dispose();
          },
        });
      },
    };
  },
};

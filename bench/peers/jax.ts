/** jax-js, jitted: it consumes its arguments (hence `.ref`) and is lazy (hence `blockUntilReady` on every result). */
import * as jax from '@jax-js/jax';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import type { Expression, Peer, Task, Values } from '../contract';

export type Jax = typeof jax;
export type Arrays = Readonly<Record<string, jax.Array>>;

export interface JaxExpression extends Expression {
  /**
   * Traced once and jitted. Uses each array once, or `.ref` of it before. Arrays returned by name take the place of
   * those: the state of a step.
   */
  run(jax: Jax, arrays: Arrays, task: Task): jax.Array | Record<string, jax.Array>;
  /** Arrays beside the inputs that a step changes. */
  state?(jax: Jax, inputs: HostTensors): Record<string, jax.Array>;
  /** What is compared where `run` changes state. */
  readonly check?: (jax: Jax, arrays: Arrays, task: Task) => jax.Array;
}

export const peer: Peer<JaxExpression> = {
  name: 'jax-js',
  package: '@jax-js/jax',
  async open() {
    if (!(await jax.init('webgpu')).includes('webgpu')) throw new Error('jax-js has no WebGPU backend here');
    jax.defaultDevice('webgpu');
    return {
      prepare: async (expression, task, inputs) => {
        const arrays: Record<string, jax.Array> = {};
        for (const [name, host] of Object.entries(inputs)) {
          const flat = jax.numpy.array(valuesOf(host));
          arrays[name] = await flat.reshape([...host.shape]).blockUntilReady();
        }
        Object.assign(arrays, expression.state?.(jax, inputs));
        const compiled = jax.jit((all: Arrays) => expression.run(jax, all, task));
        const checked = jax.jit((all: Arrays) => (expression.check ?? expression.run)(jax, all, task));
        const given = (): Arrays =>
          Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.ref]));
        return {
          device: jax.getWebGPUDevice(),
          async call() {
            const result = compiled(given());
            if (result instanceof jax.Array) {
              await result.blockUntilReady();
              result.dispose();
              return;
            }
            for (const [name, array] of Object.entries(result)) {
              arrays[name]?.dispose();
              arrays[name] = array;
            }
            await jax.blockUntilReady(result);
          },
          async read() {
            return (await (checked(given()) as jax.Array).data()) as Values;
          },
          close() {
            for (const array of Object.values(arrays)) array.dispose();
            compiled.dispose();
            checked.dispose();
          },
        };
      },
    };
  },
};

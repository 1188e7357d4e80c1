/** The op of networks: ours by description, peers by the same description in their operations. */
import type { Op, Task } from '../contract';
import { jax } from './jax';
import { inputsOf, nets } from './nets';
import { onnxruntime } from './onnxruntime';
import { open, reference } from './ours';
import { tensorflow } from './tensorflow';

export const opOf = (...names: readonly string[]): Op => ({
  open,
  reference,
  // Up to eighty convolutions in a row, each within 1e-5.
  tolerance: 1e-4,
  tasks: names.map((op): Task => {
    const net = nets[op];
    if (!net) throw new RangeError(`no network for ${op}`);
    const { side, channels } = net;
    return {
      op,
      shape: { N: 1, H: side, C: channels },
      attrs: {},
      inputs: (random) => inputsOf(net, random),
    };
  }),
  peers: { onnxruntime: [onnxruntime], tensorflow: [tensorflow], jax: [jax] },
});

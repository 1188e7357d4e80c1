/** One step of training a small transformer over characters: forward, backward, Adam; f32. */
import { sizeOf, tensor } from '@/lib/tensor';
import type { Op } from '../contract';
import { jax } from '../transformer/jax';
import { open, reference } from '../transformer/ours';
import { network, shape } from '../transformer/shape';
import { tensorflow } from '../transformer/tensorflow';

export const op: Op = {
  open,
  reference,
  // Gradients come out of a hundred kernels in a row, each within 1e-5.
  tolerance: 1e-4,
  tasks: [
    {
      op: 'training-step',
      shape,
      attrs: {},
      inputs(random) {
        const tokens = (): Int32Array =>
          Int32Array.from({ length: shape.rows * shape.context }, () => random.int(0, shape.vocab - 1));
        const lines = Object.entries(network.inputs).map(
          ([name, spec]) => [name, tensor('i32', spec.shape, tokens())] as const,
        );
        const weights = network.parameters.map(
          ({ name, shape: of, init }) => [name, tensor('f32', of, init(random, sizeOf(of)))] as const,
        );
        return Object.fromEntries([...lines, ...weights]);
      },
    },
  ],
  peers: { tensorflow: [tensorflow], jax: [jax] },
};

/** Where Langevin chains begin: uniform over a square that holds the data, as NCSN's do over the square of all images. */
import { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';

/** Half of the side of the square: every component to two and a half deviations. */
export const reachOf = (mixture: Mixture): number =>
  Math.max(
    ...mixture.map(
      ({ mean, lambda }) => Math.max(Math.abs(mean[0]), Math.abs(mean[1])) + 2.5 * Math.sqrt(lambda[0]),
    ),
  );

export function uniformStart(mixture: Mixture, n: number, seed: number, stream: number): HostTensor {
  const reach = reachOf(mixture);
  const random = new Random(seed, stream);
  return tensor(
    'f32',
    [n, 2],
    Float32Array.from({ length: 2 * n }, () => reach * (2 * random.uniform() - 1)),
  );
}

/**
 * Weights and images that follow from counters, the same that scripts/golden/vision.py makes: what holds networks
 * against other frameworks needs no file of weights. Tensor t of a checkpoint comes from stream t of Philox.
 */
import { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';
import type { NamedShape } from './names/names';

const IMAGES = 1e6;

/** Uniform; a sum has `gain` times the variance of what it adds up, and ReLU halves it again. */
function made({ name, shape }: NamedShape, random: Random, gain: number): HostTensor {
  const part = name.slice(name.lastIndexOf('.') + 1);
  const range = (low: number, high: number): HostTensor => {
    const values = new Float32Array(sizeOf(shape));
    for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * random.uniform();
    return tensor('f32', shape, values);
  };
  if (part === 'weight' && shape.length > 1) {
    const bound = Math.sqrt((3 * gain) / sizeOf(shape.slice(1)));
    return range(-bound, bound);
  }
  return part === 'weight' || part === 'running_var' ? range(0.5, 1.5) : range(-0.2, 0.2);
}

export const madeWeights = (
  seed: number,
  tensors: readonly NamedShape[],
  gain: number,
): [string, HostTensor][] => tensors.map((t, stream) => [t.name, made(t, new Random(seed, stream), gain)]);

/** [N, H, W, 3], from −2 to 2. */
export function madeImages(seed: number, shape: readonly number[]): HostTensor {
  const random = new Random(seed, IMAGES);
  return tensor(
    'f32',
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => 4 * random.uniform() - 2),
  );
}

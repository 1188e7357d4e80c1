/** Digit images with noise as EDM's loss takes them: y = x₀ + σ n with x₀ in [−1, 1], inputs c_in y, targets (x₀ − c_skip y)/c_out. */
import type { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import { digitImages } from '@/methods/digits/digits';
import type { Preconditioning } from './preconditioning';

/** Pixels of a side of the images that the shipped network draws. */
export const SIDE = 16;

/** A pixel from 0, paper, to 1, ink, as diffusion sees it. */
export const centred = (pixel: number): number => 2 * pixel - 1;

export interface BatchOptions {
  readonly count: number;
  readonly preconditioning: Preconditioning;
  /** What the network is told of c_noise. */
  readonly features: (cNoise: number) => Float32Array<ArrayBuffer>;
  /** Default: drawn for each image as the preconditioning draws it. */
  readonly sigma?: number;
}

/** The inputs of a denoising network, by name: x [n, 16, 16, 1], noise [n, features], labels [n], targets as x. */
export function imageBatch(
  random: { readonly images: Random; readonly noise: Random },
  { count, preconditioning, features, sigma: given }: BatchOptions,
): Readonly<Record<'x' | 'noise' | 'labels' | 'targets', HostTensor>> {
  const { cSkip, cOut, cIn, cNoise, draw } = preconditioning;
  const width = SIDE * SIDE;
  const { images, labels } = digitImages(count, SIDE, random.images);
  const [x, targets] = [new Float32Array(images.length), new Float32Array(images.length)];
  const known: Float32Array[] = [];
  for (let i = 0; i < count; i++) {
    const sigma = given ?? draw(random.noise);
    known.push(features(cNoise(sigma)));
    const [skip, out, scale] = [cSkip(sigma), cOut(sigma), cIn(sigma)];
    for (let c = i * width; c < (i + 1) * width; c++) {
      const clean = centred(images[c]!);
      const noisy = clean + sigma * random.noise.normal();
      x[c] = scale * noisy;
      targets[c] = (clean - skip * noisy) / out;
    }
  }
  const shape = [count, SIDE, SIDE, 1];
  return {
    x: tensor('f32', shape, x),
    noise: tensor('f32', [count, known[0]?.length ?? 0], Float32Array.from(known.flatMap((row) => [...row]))),
    labels: tensor('i32', [count], labels),
    targets: tensor('f32', shape, targets),
  };
}

/**
 * Standard normals by number, so that a sampler's noise is the same on CPU and GPU: block `i` of the stream (seed,
 * stream) gives four by Box & Muller (1958), as `Random` draws them. `gauss.wgsl` does the same in f32.
 */
import type { Shader } from '@/gpu/kernel';
import { philox } from '@/lib/random';
import gaussCode from './gauss.wgsl?raw';
import oneCode from './lanes-1.wgsl?raw';
import twoCode from './lanes-2.wgsl?raw';
import fourCode from './lanes-4.wgsl?raw';
import philoxLanesCode from './philox-lanes.wgsl?raw';
import philoxCode from './philox.wgsl?raw';

/** @returns two pairs (√(−2 ln u) cos 2πu′, √(−2 ln u) sin 2πu′) */
export function normals(
  block: number,
  seed: number,
  stream: number,
): [n0: number, n1: number, n2: number, n3: number] {
  const bits = philox([block, 0, 0, 0], [seed, stream]);
  const [u0, u1, u2, u3] = bits.map((b) => (b + 0.5) / 2 ** 32) as typeof bits;
  const [r, angle] = [Math.sqrt(-2 * Math.log(u0)), 2 * Math.PI * u1];
  const [q, other] = [Math.sqrt(-2 * Math.log(u2)), 2 * Math.PI * u3];
  return [r * Math.cos(angle), r * Math.sin(angle), q * Math.cos(other), q * Math.sin(other)];
}

/** `alias reals`: how many numbers at a time arithmetic works on that is written over it. */
export const lanes = {
  1: { file: 'lib/lanes-1.wgsl', code: oneCode },
  2: { file: 'lib/lanes-2.wgsl', code: twoCode },
  4: { file: 'lib/lanes-4.wgsl', code: fourCode },
} as const satisfies Record<number, Shader>;

export const philoxShader: Shader = { file: 'lib/philox.wgsl', code: philoxCode };

/** `philox_of(block, seed, stream)`: the first two words of as many blocks as `lanes` says. */
export const philoxLanesShader = (width: keyof typeof lanes): Shader => ({
  file: 'lib/philox-lanes.wgsl',
  code: philoxLanesCode,
  uses: [lanes[width]],
});

/** `gauss(radius, angle)` over as many numbers as `lanes` says. */
export const gaussShader = (width: keyof typeof lanes): Shader => ({
  file: 'lib/gauss.wgsl',
  code: gaussCode,
  uses: [lanes[width], philoxShader],
});

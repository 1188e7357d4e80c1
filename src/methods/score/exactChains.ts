/** Langevin chains over the exact score of a mixture, on the GPU: the fused kernel of all samplers runs them. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { HostTensor } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { Particles } from '@/methods/diffusion/particles';
import type { Step } from '@/methods/diffusion/samplers';

/** A run of chains that is kept: its frames, and the first particles in each of them. */
export interface Chains {
  readonly program: readonly Step[];
  readonly x: DeviceTensor;
  /** [frames, traced, 2] */
  readonly trace: DeviceTensor;
  /** [kept, n, 2], and of which frames. */
  readonly history: DeviceTensor;
  readonly kept: readonly number[];
}

export async function exactChains(
  device: Device,
  scope: Scope,
  mixture: Mixture,
  program: readonly Step[],
  start: HostTensor,
  { seed, traced }: { readonly seed: number; readonly traced: number },
  signal: AbortSignal,
): Promise<Chains> {
  const particles = await Particles.create(device, scope, mixture, program, {
    particles: start.shape[0]!,
    ...{ seed, traced },
  });
  write(device, particles.x, start);
  await particles.run(signal);
  return particles;
}

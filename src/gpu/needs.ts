/** What a kernel's variant asks of memory for a problem, before any of it is taken. */
import { LabError } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import { unsupported } from './bind';
import type { Device } from './device';
import type { Kernel, Plan, Problem } from './kernel';

/** Bytes of each buffer: inputs, outputs and the plan's scratch. */
export const buffersOf = (problem: Problem<unknown>, plan: Plan | undefined): number[] => [
  ...Object.values({ ...problem.inputs, ...problem.outputs }).map(byteLength),
  ...Object.values(plan?.scratch ?? {}),
];

/** The same for a variant by name; throws `variant.unsupported` where it cannot do this problem here. */
export function needsOf<A>(
  device: Device,
  kernel: Kernel<A>,
  problem: Problem<A>,
  variant: string,
): number[] {
  const reason = unsupported(device, kernel, problem, variant);
  if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
  return buffersOf(problem, kernel.variants[variant]?.plan(problem, device.caps));
}

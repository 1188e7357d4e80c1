/** Kernels by the name that a command line gives them: with underscores or hyphens. */
import { kernelNames } from '@/shaders';
import { LabError } from '@/lib/errors';

export const opName = (kernel: string): string => kernel.replaceAll('-', '_');

export function kernelNamed(name: string): string {
  const folder = name.replaceAll('_', '-');
  if (kernelNames().includes(folder)) return folder;
  throw new LabError('kernel.unknown', { name, allowed: kernelNames().map(opName).join(', ') });
}

/** The one that was named, or all. */
export const kernelsNamed = (name: string | undefined): string[] =>
  name === undefined ? kernelNames() : [kernelNamed(name)];

/** What a piece of work would hold on a device, found by doing it on one that allocates, compiles and runs nothing. */
import type { Device } from './device';
import { Scope } from './scope';

/**
 * Bytes of every buffer that `make` leaves on its device, with this device's limits but no cap. Throws what `make`
 * throws. What it reads back never comes.
 */
export async function buffersLeftBy(
  { gpu: { limits }, caps }: Pick<Device, 'gpu' | 'caps'>,
  make: (dry: Device) => Promise<unknown>,
): Promise<number[]> {
  const held = new Set<{ readonly size: number }>();
  const nothing = (): void => undefined;
  const gpu = {
    limits,
    createBuffer: ({ size }: GPUBufferDescriptor) => {
      const buffer = { size, destroy: () => held.delete(buffer) };
      held.add(buffer);
      return buffer;
    },
    pushErrorScope: nothing,
    popErrorScope: () => Promise.resolve(null),
    createBindGroup: () => ({}),
    createCommandEncoder: () => ({ clearBuffer: nothing, copyBufferToBuffer: nothing, finish: () => ({}) }),
    queue: { writeBuffer: nothing, submit: nothing },
  };
  const root = new Scope({ gpu: gpu as unknown as GPUDevice, memoryCap: Infinity }, 'dry');
  const compiled = { pipeline: {}, layout: {}, compileMs: 0 };
  const dry = {
    ...{ gpu, caps, root, ring: {} },
    pipelines: { get: () => Promise.resolve(compiled) },
    guard: <T>(work: () => T): Promise<T> => Promise.resolve(work()),
  };
  await make(dry as unknown as Device);
  return [...held].map(({ size }) => size);
}

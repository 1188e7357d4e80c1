/** A Dawn device for tests in Node. A missing adapter is a failure, never a skip. */
import { create, globals } from 'webgpu';
import { Device, type OpenOptions } from './device';

let gpu: GPU | undefined;

export function openTestDevice(options?: OpenOptions): Promise<Device> {
  Object.assign(globalThis, globals);
  gpu ??= create([]);
  return Device.open(gpu, options);
}

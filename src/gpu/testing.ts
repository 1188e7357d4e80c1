/** A Dawn device for tests in Node. A missing adapter is a failure, never a skip. */
import { create, globals } from 'webgpu';
import { Device, type OpenOptions } from './device';
import { pollSparingly } from './polling';

let gpu: GPU | undefined;

export function openTestDevice(options?: OpenOptions): Promise<Device> {
  Object.assign(globalThis, globals);
  pollSparingly();
  gpu ??= create([]);
  return Device.open(gpu, options);
}

/**
 * Before the first device: Mesa's software adapter then leaves LLVM's optimisations out, for tests that compile many
 * shaders and run each for a moment. Other adapters take no notice.
 */
export function compileQuickly(): void {
  process.env.GALLIVM_PERF ??= 'nopt';
}

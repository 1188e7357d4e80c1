/** WebGPU in Node: Dawn from the `webgpu` package, on whatever Vulkan, Metal or Direct3D driver there is. */
import { createRequire } from 'node:module';
import { Device } from '@/gpu/device';
import { pollSparingly } from '@/gpu/polling';
import type { Host } from '@/lab/buildReport';
import { LabError } from '@/lib/errors';

/** Dawn ends with the object that made its adapters, so it is kept as long as the process. */
let gpu: GPU | undefined;

export async function openDevice(): Promise<Device> {
  // Mesa complains on every device without it.
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    pollSparingly();
    gpu ??= create([]);
  } catch (error) {
    throw new LabError('gpu.dawn', { message: error instanceof Error ? error.message : String(error) });
  }
  return Device.open(gpu);
}

export function nodeHost(): Host {
  const { version } = createRequire(import.meta.url)('webgpu/package.json') as { version: string };
  return { runtime: `Node ${process.versions.node}, Dawn (webgpu ${version})`, browser: null };
}

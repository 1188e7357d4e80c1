/** Tensors to the device and back. */
import { byteLength, dtypeBytes, sizeOf, viewOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { Device } from './device';
import type { Tensors } from './bind';
import { allocated, type DeviceTensor, type Scope } from './scope';

export function upload(device: Device, scope: Scope, label: string, host: HostTensor): DeviceTensor {
  const tensor = scope.tensor(label, host);
  write(device, tensor, host);
  return tensor;
}

export function write(device: Device, tensor: DeviceTensor, host: HostTensor): void {
  const bytes = new Uint8Array(host.data.buffer, host.data.byteOffset, host.data.byteLength);
  const whole = bytes.byteLength & ~3;
  const { offset = 0 } = tensor;
  device.gpu.queue.writeBuffer(tensor.buffer, offset, bytes, 0, whole);
  if (whole === bytes.byteLength) return;
  const tail = new Uint8Array(4);
  tail.set(bytes.subarray(whole));
  device.gpu.queue.writeBuffer(tensor.buffer, offset + whole, tail);
}

export function uploadAll(device: Device, scope: Scope, hosts: HostTensors): Tensors {
  return Object.fromEntries(
    Object.entries(hosts).map(([name, host]) => [name, upload(device, scope, name, host)]),
  );
}

/** Reads a tensor, or `count` elements from element `from`, which then come as one axis. */
export async function download(
  device: Device,
  tensor: DeviceTensor,
  part?: { from: number; count: number },
): Promise<HostTensor> {
  const size = dtypeBytes(tensor.dtype);
  const spec = part
    ? { dtype: tensor.dtype, shape: [part.count] }
    : { dtype: tensor.dtype, shape: tensor.shape };
  const start = (part?.from ?? 0) * size;
  const aligned = start & ~3;
  const bytes = (start - aligned + byteLength(spec) + 3) & ~3;
  if (sizeOf(spec.shape) === 0) return viewOf(spec, new ArrayBuffer(0));
  return readBack(
    device,
    bytes,
    (encoder, staging) =>
      encoder.copyBufferToBuffer(tensor.buffer, (tensor.offset ?? 0) + aligned, staging, 0, bytes),
    (mapped) => viewOf(spec, mapped.slice(start - aligned, start - aligned + byteLength(spec))),
  );
}

/** Copies into a buffer that the host can read, and hands over its bytes, which are gone afterwards. */
export async function readBack<T>(
  device: Device,
  bytes: number,
  copy: (encoder: GPUCommandEncoder, staging: GPUBuffer) => void,
  take: (mapped: ArrayBuffer) => T,
): Promise<T> {
  const staging = device.root.buffer('read-back', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    const encoder = device.gpu.createCommandEncoder();
    copy(encoder, staging);
    device.gpu.queue.submit([encoder.finish()]);
    // Where there was no memory for it, that is what to say rather than that mapping failed.
    await staging.mapAsync(GPUMapMode.READ).catch(async (error: unknown) => {
      await allocated([staging]);
      throw error;
    });
    const taken = take(staging.getMappedRange(0, bytes));
    staging.unmap();
    return taken;
  } finally {
    device.root.release(staging);
  }
}

/** Fills outputs with NaN bits, so that an element that no one writes shows. */
export function poison(device: Device, tensor: DeviceTensor): void {
  const chunk = new Uint8Array(Math.min(tensor.buffer.size, 4 * 2 ** 20)).fill(0xff);
  for (let at = 0; at < tensor.buffer.size; at += chunk.byteLength) {
    device.gpu.queue.writeBuffer(
      tensor.buffer,
      at,
      chunk,
      0,
      Math.min(chunk.byteLength, tensor.buffer.size - at),
    );
  }
}

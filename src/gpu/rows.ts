/** Some rows of a tensor on the device, read in one go: waiting once per row would cost more than the rows. */
import { Random } from '@/lib/random';
import { dtypeBytes, sizeOf, viewOf, type HostTensor } from '@/lib/tensor';
import type { Device } from './device';
import type { DeviceTensor } from './scope';
import { readBack } from './transfer';

/** `count` of `total` rows, ascending: the first, the last, and one drawn from each even stretch between. */
export function sampleRows(total: number, count: number, seed = 1): number[] {
  if (count >= total) return Array.from({ length: total }, (_, row) => row);
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return 0;
    if (i === count - 1) return total - 1;
    const low = Math.floor((total * i) / count);
    return random.int(low, Math.max(low, Math.floor((total * (i + 1)) / count) - 1));
  });
}

/** @param total rows into which the tensor splits evenly; @returns shape [rows.length, size / total] */
export async function downloadRows(
  device: Device,
  tensor: DeviceTensor,
  total: number,
  rows: readonly number[],
): Promise<HostTensor> {
  const width = total > 0 ? sizeOf(tensor.shape) / total : 0;
  const size = dtypeBytes(tensor.dtype);
  const rowBytes = width * size;
  const spec = { dtype: tensor.dtype, shape: [rows.length, width] };
  const packed = new Uint8Array(rows.length * rowBytes);
  if (packed.byteLength === 0) return viewOf(spec, packed.buffer);
  // Copies start and end at multiples of four bytes; rows of f16 or u8 may not.
  const pitch = (rowBytes + 2 * 3) & ~3;
  return readBack(
    device,
    rows.length * pitch,
    (encoder, staging) => {
      rows.forEach((row, i) => {
        const start = row * rowBytes;
        const bytes = ((start & 3) + rowBytes + 3) & ~3;
        encoder.copyBufferToBuffer(tensor.buffer, start & ~3, staging, i * pitch, bytes);
      });
    },
    (mapped) => {
      rows.forEach((row, i) => {
        const from = i * pitch + ((row * rowBytes) & 3);
        packed.set(new Uint8Array(mapped, from, rowBytes), i * rowBytes);
      });
      return viewOf(spec, packed.buffer);
    },
  );
}

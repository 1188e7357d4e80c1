/**
 * Weights of a network as a safetensors file: a tensor for each parameter under its name, in f32 unless asked otherwise, so that what one
 * mode of training has learnt can be taken up by another, and by other programs.
 */
import { download } from '@/gpu/transfer';
import { LabError } from '@/lib/errors';
import { inspect, load, writeSafetensors } from '@/lib/safetensors';
import { sizeOf, tensor, valuesOf, type HostData, type HostTensor } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import type { Layout } from './parameters';
import type { Training } from './training';

/** The weights that are updated; `metadata` says where they come from. */
export async function saveCheckpoint(
  { device, layout, weights }: Pick<Training, 'device' | 'layout' | 'weights'>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return writeCheckpoint(layout, valuesOf(await download(device, weights.whole)), metadata);
}

/** Weights laid end to end, [layout.size], as a file; what is shipped is rounded to f16. */
export function writeCheckpoint(
  { slices }: Layout,
  values: Exclude<HostData, Uint16Array>,
  metadata: Readonly<Record<string, string>> = {},
  dtype: 'f32' | 'f16' = 'f32',
): Uint8Array<ArrayBuffer> {
  const tensors = slices.map(
    ({ name, shape, from }) =>
      [name, tensor(dtype, shape, values.subarray(from, from + sizeOf(shape)))] as const,
  );
  return writeSafetensors(tensors, { format: 'pt', ...metadata });
}

/**
 * The file's weights laid end to end, f32 [layout.size], as `Training.begin` takes them. Throws a LabError that
 * names the first parameter which is missing, has another shape or is no part of this network.
 */
export function readCheckpoint(layout: Layout, bytes: Uint8Array, file: string): HostTensor {
  const { tensors } = inspect(bytes, file);
  const other = (reason: Text): never => {
    throw new LabError('checkpoint.other', { file, reason });
  };
  const values = new Float32Array(layout.size);
  for (const { name, shape, from } of layout.slices) {
    const stored = tensors.get(name);
    if (!stored) return other({ en: `"${name}" is missing`, zh: `缺少“${name}”` });
    const [got, want] = [stored.shape.join(', '), shape.join(', ')];
    if (got !== want)
      other({ en: `"${name}" is [${got}], needed: [${want}]`, zh: `“${name}”是 [${got}]，需要 [${want}]` });
    values.set(valuesOf(load(bytes, name, stored, file)), from);
  }
  const known = new Set(layout.slices.map(({ name }) => name));
  for (const name of tensors.keys())
    if (!known.has(name)) other({ en: `"${name}" is no part of this one`, zh: `此网络没有“${name}”` });
  return tensor('f32', [layout.size], values);
}

/**
 * Reading and writing safetensors: 8 bytes of header length (u64, little endian), a JSON header
 * `{name: {dtype, shape, data_offsets: [start, end]}}`, then the tensors' bytes end to end
 * (github.com/huggingface/safetensors, "Format"). Files come from strangers: everything is held against the
 * file's real length before anything is allocated.
 */
import { LabError } from './errors';
import { parseHeader, type Entry } from './safetensorsHeader';
import { byteLength, viewOf, type DType, type HostTensor } from './tensor';

/** Bytes per element of the types that can be read, and the type each becomes in memory. */
const types = {
  F64: { bytes: 8, dtype: 'f32' },
  F32: { bytes: 4, dtype: 'f32' },
  F16: { bytes: 2, dtype: 'f16' },
  BF16: { bytes: 2, dtype: 'f32' },
  I64: { bytes: 8, dtype: 'i32' },
  I32: { bytes: 4, dtype: 'i32' },
  U32: { bytes: 4, dtype: 'u32' },
  U8: { bytes: 1, dtype: 'u8' },
  BOOL: { bytes: 1, dtype: 'u8' },
} as const satisfies Record<string, { bytes: number; dtype: DType }>;
type StoredType = keyof typeof types;
const written = { f32: 'F32', f16: 'F16', i32: 'I32', u32: 'U32', u8: 'U8' } as const satisfies Record<
  DType,
  StoredType
>;

/** The reference implementation's own cap on the header. */
const maxHeaderBytes = 100_000_000;

export interface Stored {
  readonly stored: StoredType;
  readonly shape: readonly number[];
  /** Place in the file. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsFile {
  /** In the order of their bytes. */
  readonly tensors: ReadonlyMap<string, Stored>;
  readonly metadata: ReadonlyMap<string, string>;
}

type Fail = (reason: string) => never;
const failing = (file: string): Fail => {
  return (reason) => {
    throw new LabError('file.format', { file, format: 'safetensors', reason });
  };
};
const quote = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** What the file holds, checked whole: afterwards every tensor's bytes are known to be there. */
export function inspect(bytes: Uint8Array, file = 'file'): SafetensorsFile {
  const fail: Fail = failing(file);
  if (bytes.length < 8) fail(`header length: the file has ${bytes.length} bytes, at least 8 are needed`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (headerBytes > maxHeaderBytes)
    fail(`header length: ${headerBytes} bytes, at most ${maxHeaderBytes} are allowed`);
  const base = 8 + headerBytes;
  if (base > bytes.length) fail(`header length: ${headerBytes} bytes, but only ${bytes.length - 8} follow`);
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, base));
  } catch {
    fail('header: not UTF-8');
  }
  const { entries, metadata } = parseHeader(text, fail);
  const tensors = [...entries].map(
    ([name, entry]) => [name, place(name, entry, bytes.length - base, fail)] as const,
  );
  tensors.sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const [name, tensor] of tensors) {
    if (tensor.start < end)
      fail(`data_offsets of ${quote(name)}: starts at ${tensor.start}, inside the tensor before it`);
    if (tensor.start > end)
      fail(`data_offsets of ${quote(name)}: bytes ${end} to ${tensor.start} belong to no tensor`);
    end = tensor.end;
  }
  if (base + end !== bytes.length) fail(`data: ${bytes.length - base} bytes, but the tensors fill ${end}`);
  const moved = tensors.map(
    ([name, t]) => [name, { ...t, start: base + t.start, end: base + t.end }] as const,
  );
  return { tensors: new Map(moved), metadata };
}

/** One tensor's type, shape and byte range, held against each other and against the `available` bytes. */
function place(name: string, entry: Entry, available: number, fail: Fail): Stored {
  const { dtype, shape, offsets } = entry;
  if (!Object.hasOwn(types, dtype)) {
    fail(`dtype of ${quote(name)}: ${quote(dtype)}, allowed: ${Object.keys(types).join(', ')}`);
  }
  const stored = dtype as StoredType;
  const [start, end] = offsets;
  if (start > end) fail(`data_offsets of ${quote(name)}: ${start} is after ${end}`);
  if (end > available)
    fail(`data_offsets of ${quote(name)}: ends at ${end}, the file has ${available} bytes of data`);
  let size: number = types[stored].bytes;
  for (const extent of shape) {
    size *= extent;
    if (size > Number.MAX_SAFE_INTEGER) fail(`shape of ${quote(name)}: more elements than can be counted`);
  }
  if (size !== end - start) {
    fail(`data_offsets of ${quote(name)}: ${end - start} bytes, but its shape and dtype need ${size}`);
  }
  return { stored, shape, start, end };
}

/** All tensors; f64 and bf16 become f32, i64 becomes i32 where every value fits, bool becomes u8. */
export function readSafetensors(bytes: Uint8Array, file = 'file'): Map<string, HostTensor> {
  const { tensors } = inspect(bytes, file);
  return new Map([...tensors].map(([name, stored]) => [name, load(bytes, name, stored, file)]));
}

/** One tensor that `inspect` found. */
export function load(
  bytes: Uint8Array,
  name: string,
  { stored, shape, start, end }: Stored,
  file = 'file',
): HostTensor {
  // A copy: the place in the file need not be aligned to the element.
  const raw = new Uint8Array(bytes.subarray(start, end)).buffer;
  const { dtype } = types[stored];
  if (stored === 'F64') return { dtype, shape, data: new Float32Array(new Float64Array(raw)) };
  if (stored === 'BF16') {
    // A bfloat16 is the upper half of a float32.
    const halves = new Uint16Array(raw);
    const words = new Uint32Array(halves.length);
    for (let i = 0; i < words.length; i++) words[i] = halves[i]! << 16;
    return { dtype, shape, data: new Float32Array(words.buffer) };
  }
  if (stored === 'I64') {
    const wide = new BigInt64Array(raw);
    const data = new Int32Array(wide.length);
    for (let i = 0; i < data.length; i++) {
      data[i] = Number(wide[i]);
      if (BigInt(data[i]!) !== wide[i]) {
        failing(file)(`data of ${quote(name)}: ${String(wide[i])} does not fit into 32 bits`);
      }
    }
    return { dtype, shape, data };
  }
  return viewOf({ dtype, shape }, raw);
}

/** A file with these tensors, widest types first so that each lies aligned in the file. */
export function writeSafetensors(
  tensors: Iterable<readonly [string, HostTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(
    ([, a], [, b]) => types[written[b.dtype]].bytes - types[written[a.dtype]].bytes,
  );
  const entries: string[] = [];
  const names = new Set<string>();
  if (Object.keys(metadata).length > 0) entries.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let end = 0;
  for (const [name, t] of sorted) {
    if (name === '__metadata__' || names.has(name)) throw new RangeError(`two tensors named ${quote(name)}`);
    names.add(name);
    const start = end;
    end += byteLength(t);
    const entry = { dtype: written[t.dtype], shape: t.shape, data_offsets: [start, end] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  const text = new TextEncoder().encode(`{${entries.join(',')}}`);
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const out = new Uint8Array(8 + headerBytes + end);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerBytes), true);
  out.fill(0x20, 8, 8 + headerBytes);
  out.set(text, 8);
  let at = 8 + headerBytes;
  for (const [, { data }] of sorted) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
}

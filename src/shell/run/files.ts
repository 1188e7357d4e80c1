/**
 * The reader's own files, kept in this browser under their hash. A link carries name, size and hash, and in its
 * fragment the bytes of small ones.
 */
import { createStore, get, set } from 'idb-keyval';
import { fileRef } from '@/lab/fileRef';
import type { DemoDecl } from '@/lab/demo';
import { decodePayload, encodePayload } from '@/lab/payload';
import type { FileRef, Params } from '@/lab/schema';
import type { Sides } from './history';

export type Bytes = Uint8Array<ArrayBuffer>;
/** Larger files would stall the page while they are hashed and copied. */
export const MAX_FILE_BYTES = 2 ** 30;

/** What was opened since the page was loaded: also where storage is forbidden or full. */
const held = new Map<string, Bytes>();

export async function keep(file: File): Promise<FileRef> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const ref = await fileRef(file.name, bytes);
  held.set(ref.sha256, bytes);
  try {
    await set(ref.sha256, bytes, createStore('tilewise-files', 'files'));
  } catch {
    // The link works until the page is closed; then the file is asked for again.
  }
  return ref;
}

export async function find({ sha256 }: FileRef): Promise<Bytes | undefined> {
  const known = held.get(sha256);
  if (known) return known;
  try {
    const stored = await get<Bytes>(sha256, createStore('tilewise-files', 'files'));
    if (stored) held.set(sha256, stored);
    return stored;
  } catch {
    return undefined;
  }
}

interface Files {
  readonly files: Readonly<Record<string, Bytes>>;
  /** References that nothing is known of here. */
  readonly missing: Readonly<Record<string, FileRef>>;
  /** Of those, the ones that the link carries, but not as they should be. */
  readonly damaged: readonly string[];
}

/** Bytes by parameter: what this browser holds, else what the address carries. */
export async function filesOf(params: Params): Promise<Files> {
  const files: Record<string, Bytes> = {};
  const missing: Record<string, FileRef> = {};
  const damaged: string[] = [];
  const carried = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of Object.entries(params)) {
    if (value === null || typeof value !== 'object') continue;
    const payloads = [name, `b.${name}`].flatMap((key) => carried.get(key) ?? []);
    const bytes = (await find(value)) ?? (await firstOf(payloads, value));
    if (bytes) {
      held.set(value.sha256, bytes);
      files[name] = bytes;
      continue;
    }
    missing[name] = value;
    if (payloads.length > 0) damaged.push(name);
  }
  return { files, missing, damaged };
}

async function firstOf(payloads: readonly string[], ref: FileRef): Promise<Bytes | undefined> {
  for (const payload of payloads) {
    const bytes = await decodePayload(payload, ref);
    if (bytes) return bytes;
  }
  return undefined;
}

/** What a link carries after `#`: the small files of both sides, where the demo lets them travel. */
export async function fragmentOf(demo: DemoDecl, { a, b }: Sides): Promise<string> {
  const carried = new URLSearchParams();
  const seen = new Set<string>();
  for (const [prefix, params] of [['', a] as const, ...(b ? [['b.', b] as const] : [])]) {
    const { files } = await filesOf(params);
    for (const [name, bytes] of Object.entries(files)) {
      const [param, ref] = [demo.params[name], params[name]];
      if (param?.kind !== 'file' || !param.payload || typeof ref !== 'object' || !ref) continue;
      if (seen.has(ref.sha256)) continue;
      seen.add(ref.sha256);
      const payload = await encodePayload(bytes);
      if (payload !== undefined) carried.set(prefix + name, payload);
    }
  }
  return carried.size > 0 ? `#${carried.toString()}` : '';
}

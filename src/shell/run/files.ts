/**
 * The reader's own files, kept in this browser under their hash. A link carries name, size and hash, and in its
 * fragment the bytes of small ones.
 */
import { createStore, get, set } from 'idb-keyval';
import { fileRef } from '@/lab/fileRef';
import type { DemoDecl } from '@/lab/demo';
import { decodePayload, encodePayload } from '@/lab/payload';
import type { FileRef, Params } from '@/lab/schema';
import { put as shelve, take } from '../files/shelf';
import type { Sides } from './history';

export type Bytes = Uint8Array<ArrayBuffer>;
/** Larger files would stall the page while they are hashed and copied. */
export const MAX_FILE_BYTES = 2 ** 30;

/** From here on a file goes to the shelf, where it has a place in the list and a button that deletes it. */
const LARGE = 2 ** 20;
/** Of files that can be read from the shelf again, so many bytes are held at once. */
const MOST_HELD = 2 ** 29;

/** What was opened since the page was loaded, last used last: also where storage is forbidden or full. */
const held = new Map<string, Bytes>();
const onShelf = new Set<string>();

function hold(sha256: string, bytes: Bytes): void {
  held.delete(sha256);
  held.set(sha256, bytes);
  const again = [...held].filter(([hash]) => hash !== sha256 && onShelf.has(hash));
  let room = MOST_HELD - again.reduce((sum, [, { length }]) => sum + length, 0);
  for (const [hash, { length }] of again) {
    if (room >= 0) return;
    held.delete(hash);
    room += length;
  }
}

export async function keep(name: string, bytes: Bytes): Promise<FileRef> {
  const ref = await fileRef(name, bytes);
  const { sha256 } = ref;
  if (bytes.length >= LARGE && (await shelve(name, sha256, bytes))) onShelf.add(sha256);
  hold(sha256, bytes);
  if (onShelf.has(sha256)) return ref;
  try {
    await set(sha256, bytes, createStore('tilewise-files', 'files'));
  } catch {
    // The link works until the page is closed; then the file is asked for again.
  }
  return ref;
}

export async function find({ sha256, bytes }: FileRef): Promise<Bytes | undefined> {
  const known = held.get(sha256);
  if (known) return known;
  try {
    const shelved = bytes >= LARGE ? await take(sha256) : undefined;
    const stored = shelved ?? (await get<Bytes>(sha256, createStore('tilewise-files', 'files')));
    if (shelved) onShelf.add(sha256);
    if (stored) hold(sha256, stored);
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
      hold(value.sha256, bytes);
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

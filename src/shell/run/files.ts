/** The reader's own files, kept in this browser under their hash; a link carries only name, size and hash. */
import { createStore, get, set } from 'idb-keyval';
import { fileRef } from '@/lab/fileRef';
import type { FileRef, Params } from '@/lab/schema';

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

/** Bytes by parameter, and the references that nothing is known of here. */
export async function filesOf(
  params: Params,
): Promise<{ files: Record<string, Bytes>; missing: Record<string, FileRef> }> {
  const files: Record<string, Bytes> = {};
  const missing: Record<string, FileRef> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === null || typeof value !== 'object') continue;
    const bytes = await find(value);
    if (bytes) files[name] = bytes;
    else missing[name] = value;
  }
  return { files, missing };
}

/**
 * Large files on this device, in the origin private file system: each with a record of what it is, as JSON beside it. A
 * file whose record has no hash is a download that was broken off.
 */
import { transfer, wrap, type Remote } from 'comlink';
import { createStore } from 'zustand/vanilla';
import type { Bytes, Version } from '@/lab/download';
import type { Keep } from '@/lab/sinks';
import { recordOf, type FileRecord } from './record';
import { FOLDER, type Disk } from './disk';

export interface Stored extends FileRecord {
  readonly id: string;
  /** That are there. */
  readonly bytes: number;
}

/** What stands on the shelf, newest first; undefined until it was looked at. */
export const shelf = createStore<{ readonly stored: readonly Stored[] | undefined }>(() => ({
  stored: undefined,
}));

const RECORD = '.json';

let worker: Remote<Disk> | undefined;
const disk = (): Remote<Disk> =>
  (worker ??= wrap<Disk>(new Worker(new URL('./disk.worker.ts', import.meta.url), { type: 'module' })));

/** Throws where there is no such file system, as in some private windows. */
async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
}

/** Nothing where storage is forbidden. */
export async function look(): Promise<readonly Stored[]> {
  let stored: readonly Stored[] = [];
  try {
    stored = await read(await folder());
  } catch {
    // There is nothing to show then.
  }
  shelf.setState({ stored });
  return stored;
}

async function read(files: FileSystemDirectoryHandle): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  // Not in TypeScript's DOM types, which leave out asynchronous iteration.
  const names = (files as unknown as { keys(): AsyncIterable<string> }).keys();
  for await (const name of names) {
    if (!name.endsWith(RECORD)) continue;
    const id = name.slice(0, -RECORD.length);
    try {
      const record = recordOf(await (await (await files.getFileHandle(name)).getFile()).text());
      const { size } = await (await files.getFileHandle(id)).getFile();
      if (record) found.push({ ...record, id, bytes: size });
    } catch {
      // Being deleted in another tab.
    }
  }
  return found.sort((a, b) => b.at - a.at);
}

async function bytesOf(id: string): Promise<Bytes> {
  const file = await (await (await folder()).getFileHandle(id)).getFile();
  return new Uint8Array(await file.arrayBuffer());
}

/** By the hash of the whole; nothing where it is not here. */
export async function take(sha256: string): Promise<Bytes | undefined> {
  const found = (await look()).find((file) => file.sha256 === sha256);
  return found && bytesOf(found.id);
}

export async function remove(id: string): Promise<void> {
  await disk().close(id);
  const files = await folder();
  // The record goes first: without it the file is nothing.
  for (const name of [id + RECORD, id]) await files.removeEntry(name).catch(() => undefined);
  await look();
}

const note = async (id: string, record: FileRecord): Promise<void> => {
  await disk().put(id + RECORD, new TextEncoder().encode(JSON.stringify(record)));
};

/** A file that is being written. */
export interface Part extends Keep {
  /** What is known of the version that its bytes are of. */
  readonly version: Version;
  keepVersion(version: Version): Promise<void>;
  /** It is whole, and has this hash. */
  finish(sha256: string): Promise<void>;
}

/** A new one, or an earlier download of the same address that was broken off. Throws where nothing can be stored. */
export async function begin(name: string, url: string | undefined): Promise<Part> {
  const earlier = (await look()).find((file) => url !== undefined && file.url === url && !file.sha256);
  if (earlier) {
    try {
      return await part(earlier.id, earlier);
    } catch {
      // Another tab is loading it.
    }
  }
  return part(crypto.randomUUID(), { name, url, at: Date.now(), version: {} });
}

async function part(id: string, record: FileRecord): Promise<Part> {
  const files = await folder();
  await files.getFileHandle(id, { create: true });
  let [size, known] = [await disk().open(id), record];
  await note(id, known);
  const change = async (patch: Partial<FileRecord>): Promise<void> => {
    known = { ...known, ...patch };
    await note(id, known);
  };
  return {
    get size() {
      return size;
    },
    get version() {
      return known.version;
    },
    async append(bytes) {
      const { length } = bytes;
      await disk().append(id, transfer(bytes, [bytes.buffer]));
      size += length;
    },
    async clear() {
      await disk().clear(id);
      size = 0;
    },
    async bytes() {
      await disk().close(id);
      return bytesOf(id);
    },
    async close() {
      await disk().close(id);
      await look();
    },
    drop: () => remove(id),
    keepVersion: (version) => change({ version }),
    async finish(sha256) {
      await disk().close(id);
      await change({ sha256 });
      await look();
    },
  };
}

/** Stores a whole file, unless it is here; false where there is no room for it. */
export async function put(name: string, sha256: string, bytes: Bytes): Promise<boolean> {
  if ((await look()).some((file) => file.sha256 === sha256)) return true;
  let written: Part | undefined;
  try {
    written = await begin(name, undefined);
    await written.append(bytes.slice());
    await written.finish(sha256);
    return true;
  } catch {
    await written?.drop();
    return false;
  }
}

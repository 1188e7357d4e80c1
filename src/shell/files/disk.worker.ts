/**
 * Writes to the origin private file system: only a worker's handles write in place, so that what came before a reload
 * or a crash is there afterwards. All files lie in one folder.
 */
import { expose } from 'comlink';
import type { Bytes } from '@/lab/download';
import { FOLDER, type Disk } from './disk';

/** In TypeScript's types only for projects that are workers as a whole. */
interface SyncHandle {
  getSize(): number;
  write(bytes: Bytes, at: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
interface SyncFile {
  createSyncAccessHandle(): Promise<SyncHandle>;
}

const handles = new Map<string, SyncHandle>();

async function open(file: string): Promise<SyncHandle> {
  const known = handles.get(file);
  if (known) return known;
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  const found = (await folder.getFileHandle(file, { create: true })) as unknown as SyncFile;
  const handle = await found.createSyncAccessHandle();
  handles.set(file, handle);
  return handle;
}

function close(file: string): void {
  handles.get(file)?.close();
  handles.delete(file);
}

function append(handle: SyncHandle, bytes: Bytes): void {
  const at = handle.getSize();
  let written = 0;
  try {
    written = handle.write(bytes, { at });
    handle.flush();
  } finally {
    if (written < bytes.length) handle.truncate(at);
  }
  if (written < bytes.length) throw new DOMException('the disk took only a part', 'QuotaExceededError');
}

const disk: Disk = {
  open: async (file) => (await open(file)).getSize(),
  append: async (file, bytes) => append(await open(file), bytes),
  clear: async (file) => (await open(file)).truncate(0),
  close,
  async put(file, bytes) {
    const handle = await open(file);
    try {
      handle.truncate(0);
      append(handle, bytes);
    } finally {
      close(file);
    }
  },
};

expose(disk);

/** What `disk.worker.ts` does, and where. */
import type { Bytes } from '@/lab/download';

export const FOLDER = 'tilewise';

export interface Disk {
  /** Opens a file, or makes it; gives its size. It is locked, here and in other tabs, until `close`. */
  open(file: string): Promise<number>;
  /** All of the bytes or none: a full disk leaves the file as it was, and throws. */
  append(file: string, bytes: Bytes): Promise<void>;
  clear(file: string): Promise<void>;
  close(file: string): void;
  /** A whole small file in place of what was there. */
  put(file: string, bytes: Bytes): Promise<void>;
}

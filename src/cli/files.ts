/** Files that a command line names: read whole, written whole, with a sentence where that fails. */
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { LabError } from '@/lib/errors';
import { usage } from './args';

export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const buffer = await readFile(path);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new LabError('file.missing', { file: path });
    throw usage(`cannot read ${path}: ${reasonOf(error)}`);
  }
}

/** Beside its final place first: what was there stays until the whole is written. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    if (await isPlain(path)) {
      await writeFile(temporary, bytes);
      await rename(temporary, path);
    } else await writeFile(path, bytes);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw usage(`cannot write ${path}: ${reasonOf(error)}`);
  }
}

/** Not a device, a pipe or a link, which must stay what it is. */
async function isPlain(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found === undefined || found.isFile();
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A file in a link: `name~bytes~sha256`. The name may hold a tilde itself: the other two parts are read from the end. */
import type { FileRef } from './schema';

const pattern = /^(.{1,255})~(\d{1,15})~([0-9a-f]{64})$/su;

export function parseFileRef(text: string): FileRef | undefined {
  const [, name, bytes, sha256] = pattern.exec(text) ?? [];
  return name && bytes && sha256 ? { name, bytes: Number(bytes), sha256 } : undefined;
}

export const formatFileRef = ({ name, bytes, sha256 }: FileRef): string => `${name}~${bytes}~${sha256}`;

/** Identifies bytes. */
export async function fileRef(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileRef> {
  return { name: name.slice(0, 255), bytes: bytes.length, sha256: await hashOf(bytes) };
}

export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

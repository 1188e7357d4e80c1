/**
 * A reader's own small file inside a link: `#<param>=` and the bytes, deflated (RFC 1951), in base64url (RFC 4648 §5).
 * What the query says of the file, its size and SHA-256, is what the bytes are held against.
 */
import { hashOf } from './fileRef';
import type { FileRef } from './schema';

/** Bytes at most, once deflated. */
export const MOST_PAYLOAD = 2048;
/** No larger file is tried: not even zeros deflate better than 1032 : 1. */
const MOST_BYTES = MOST_PAYLOAD * 1032;

/** Nothing where it would be too long for a link. */
export async function encodePayload(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (bytes.length > MOST_BYTES) return undefined;
  const deflated = await through(bytes, new CompressionStream('deflate-raw'), MOST_PAYLOAD);
  if (!deflated) return undefined;
  const text = btoa(Array.from(deflated, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The file that `ref` describes, or nothing: a stranger wrote the link. */
export async function decodePayload(
  text: string,
  ref: FileRef,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (ref.bytes > MOST_BYTES) return undefined;
  const bytes = await decodeBytes(text, ref.bytes);
  return bytes?.length === ref.bytes && (await hashOf(bytes)) === ref.sha256 ? bytes : undefined;
}

/** What a link holds, at most `most` bytes of it, or nothing where it is more or no payload. */
export async function decodeBytes(text: string, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (text.length > Math.ceil((MOST_PAYLOAD * 4) / 3)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const deflated = Uint8Array.from(binary, (c) => c.charCodeAt(0));
    return await through(deflated, new DecompressionStream('deflate-raw'), most);
  } catch {
    return undefined;
  }
}

/** All that comes out, or nothing where that is more than `most` bytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough<Uint8Array<ArrayBuffer>>(stream).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

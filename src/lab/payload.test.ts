/** Small files travel in a link; whatever else a link holds is nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileRef } from './fileRef';
import { decodePayload, encodePayload, MOST_PAYLOAD } from './payload';
import type { FileRef } from './schema';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const made = async (bytes: Uint8Array<ArrayBuffer>): Promise<{ text: string; ref: FileRef }> => ({
  text: (await encodePayload(bytes))!,
  ref: await fileRef('a.txt', bytes),
});

test('what is written is read back, in characters that a link may hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 1500 }), async (drawn) => {
      const bytes = Uint8Array.from(drawn);
      const { text, ref } = await made(bytes);
      expect(text).toMatch(/^[\w-]+$/);
      expect(await decodePayload(text, ref)).toEqual(bytes);
    }),
  );
});

test('numbers deflate, noise does not: what is too long for a link does not travel', async () => {
  const numbers = bytesOf(Array.from({ length: 1000 }, (_, i) => i % 97).join(' '));
  expect((await encodePayload(numbers))?.length).toBeLessThan(800);
  const noise = crypto.getRandomValues(new Uint8Array(MOST_PAYLOAD + 100));
  expect(await encodePayload(noise)).toBeUndefined();
  expect(await encodePayload(new Uint8Array(MOST_PAYLOAD * 2000))).toBeUndefined();
});

test('a payload that is cut, changed, of another file, or lies about its size is nothing', async () => {
  const { text, ref } = await made(bytesOf('1 2 3 4 5 6 7 8 9 10'));
  const changed = text.slice(0, 5) + (text[5] === 'A' ? 'B' : 'A') + text.slice(6);
  for (const bad of ['', '!', '%%', text.slice(0, -4), changed, text.repeat(400)])
    expect(await decodePayload(bad, ref)).toBeUndefined();
  expect(await decodePayload(text, { ...ref, sha256: '00'.repeat(32) })).toBeUndefined();
  expect(await decodePayload(text, { ...ref, bytes: ref.bytes - 1 })).toBeUndefined();
  expect(await decodePayload(text, { ...ref, bytes: 2 ** 40 })).toBeUndefined();
});

test('a bomb is not blown up past the size that the link names', async () => {
  const zeros = await made(new Uint8Array(2 ** 20));
  expect(zeros.text.length).toBeLessThan(2000);
  expect(await decodePayload(zeros.text, { ...zeros.ref, bytes: 100 })).toBeUndefined();
});

test('any text at all is nothing', async () => {
  const { ref } = await made(bytesOf('1 2 3'));
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
      expect(await decodePayload(text, ref)).toBeUndefined();
    }),
  );
});

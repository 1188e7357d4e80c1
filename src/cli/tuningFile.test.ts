import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBytes } from './files';
import { fileStore } from './tuningFile';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tilewise-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});
const never = (text: string): void => {
  throw new Error(text);
};

test('winners outlive the process, and two processes keep both theirs', async () => {
  const path = join(folder, 'deep', 'tuning.json');
  const [one, two] = [fileStore(path, never), fileStore(path, never)];
  expect(await one.get('a')).toBeUndefined();
  await one.set('a', 'tiled');
  await two.set('b', 'register');
  await one.set('a', 'naive');
  const later = fileStore(path, never);
  expect([await later.get('a'), await later.get('b')]).toEqual(['naive', 'register']);
  expect(await readdir(join(folder, 'deep'))).toEqual(['tuning.json']);
});

test.each(['', '{', '[]', 'null', '{"a": 3}'])('a cache that holds %j is as good as none', async (text) => {
  const path = join(folder, 'tuning.json');
  await writeFile(path, text);
  const store = fileStore(path, never);
  expect(await store.get('a')).toBeUndefined();
  await store.set('b', 'tiled');
  expect(await fileStore(path, never).get('b')).toBe('tiled');
});

test('a cache that cannot be written is told once', async () => {
  await writeFile(join(folder, 'file'), '');
  const told: string[] = [];
  const store = fileStore(join(folder, 'file', 'tuning.json'), (text) => told.push(text));
  await store.set('a', 'tiled');
  await store.set('b', 'tiled');
  expect(told).toHaveLength(1);
  expect(await store.get('a')).toBe('tiled');
});

test('files are written whole, and a place that cannot be written is named', async () => {
  const path = join(folder, 'out.safetensors');
  await writeBytes(path, Uint8Array.of(1, 2));
  await writeBytes(path, Uint8Array.of(3));
  expect([...(await readFile(path))]).toEqual([3]);
  expect(await readdir(folder)).toEqual(['out.safetensors']);
  await expect(writeBytes(join(folder, 'no', 'x'), Uint8Array.of(1))).rejects.toThrow('cannot write');
  await writeBytes('/dev/null', Uint8Array.of(1));
});

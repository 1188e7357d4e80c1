/** What a session is made of: files with missing axes, seeded numbers, an image cut into patches. */
import { expect, test } from 'vitest';
import { defaultsOf } from '@/lab/schema';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf } from '@/lib/tensor';
import { demo } from './demo';
import { fromFile, makeInputs, random } from './inputs';
import type { Params } from './params';
import { CELL, features, patchAt, placeOf, sideOf, square } from './patches';

const defaults: Params = defaultsOf(demo.params);
const { signal } = new AbortController();
const of = (shape: number[]) =>
  tensor('f32', shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5));

test('a file may leave out sizes of one, and floats become the type asked for', () => {
  const file = writeSafetensors([
    ['q', of([2, 3, 16])],
    ['k', of([2, 5, 16])],
    ['v', of([1, 2, 5, 16])],
  ]);
  const { q, k, v } = fromFile(file, 'x', 'f16');
  expect([q, k, v].map((t) => t.shape)).toEqual([
    [1, 2, 3, 16],
    [1, 2, 5, 16],
    [1, 2, 5, 16],
  ]);
  expect(q.dtype).toBe('f16');
  expect(valuesOf(q)[0]).toBe(0.5);
});

test.each([
  ['without v', [['q', of([3, 16])] as const, ['k', of([3, 16])] as const], 'input "v" is missing'],
  ['of whole numbers', [['q', tensor('i32', [1, 16], new Int32Array(16))] as const], 'has type I32'],
  ['with one axis', [['q', of([16])] as const], 'two to four sizes'],
])('a file %s is refused', (_, tensors, message) => {
  expect(() => fromFile(writeSafetensors(tensors), 'x', 'f32')).toThrow(message);
});

test('the same seed gives the same numbers, and q does not depend on the key heads', async () => {
  const shape = { B: 1, H: 2, Hkv: 2, S: 8, T: 8, D: 16 };
  const a = await random(shape, 'f32', 5, signal);
  const b = await random({ ...shape, Hkv: 1 }, 'f32', 5, signal);
  expect(b.q).toEqual(a.q);
  expect(valuesOf(a.k)).not.toEqual(valuesOf(a.q));
});

test('a link whose file is not here falls back on random numbers', async () => {
  const tensors = { name: 'x', bytes: 1, sha256: '0'.repeat(64) };
  const { tensors: made } = await makeInputs({}, { ...defaults, n: 16, input: 'file', tensors }, signal);
  expect(made.q.shape).toEqual([1, 1, 16, 64]);
});

test('the drawn picture: q = k = v, a square number of patches, each its own best match', async () => {
  const { tensors, picture } = await makeInputs({}, { ...defaults, input: 'image', n: 150 }, signal);
  expect(picture?.side).toBe(12);
  expect(tensors.q.shape).toEqual([1, 1, 144, 64]);
  expect(tensors.k.data).toEqual(tensors.q.data);
  const x = valuesOf(tensors.q);
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < 64; c++) sum += x[i * 64 + c]! * x[j * 64 + c]!;
    return sum / 8;
  };
  for (let i = 0; i < 144; i++) expect(dot(i, i)).toBeCloseTo(16, 3);
});

test('patches and points', () => {
  const side = sideOf(1000);
  expect(side).toBe(31);
  for (const patch of [0, 30, 31, 500, 960]) {
    const { x, y } = placeOf(patch, side);
    expect(patchAt({ x: x + 0.5 / side, y: y + 0.5 / side }, side)).toBe(patch);
  }
  expect(patchAt({ x: 1, y: 1 }, side)).toBe(960);
});

test('a picture is cut to its middle square and averaged; transparent parts are white', () => {
  const data = new Uint8ClampedArray(4 * 4 * 2);
  for (let i = 0; i < 8; i++) data.set([i % 4 === 1 ? 0 : 100, 0, 0, 255], 4 * i);
  data[4 * 2 + 3] = 0;
  const { data: out } = square({ width: 4, height: 2, data }, 1);
  // The middle two columns: 0, 255 (clear), 0, 100.
  expect([...out]).toEqual([Math.round((0 + 255 + 0 + 100) / 4), 64, 64, 255]);
});

test('equal patches attend to each other equally', () => {
  const side = 4;
  const size = CELL * side;
  const data = Uint8ClampedArray.from({ length: 4 * size * size }, (_, i) => {
    const patch = Math.floor(((i >> 2) % size) / CELL) % 2;
    return [patch * 200, 30, 90, 255][i & 3]!;
  });
  const x = features({ width: size, height: size, data }, side, 2, 16).subarray(16 * 16);
  // Head 1 knows colour alone: columns alternate.
  // Adding 0 makes −0 equal to 0.
  const patch = (i: number): number[] => Array.from(x.subarray(16 * i, 16 * (i + 1)), (value) => value + 0);
  expect(patch(2)).toEqual(patch(0));
  expect(patch(1)).not.toEqual(patch(0));
});

/** The PNG reader against files written here by the standard's own rules, and against damaged ones. */
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LabError } from './errors';
import { decodePng } from './png';

const chunk = (type: string, body: Uint8Array): number[] => {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, body.length);
  return [...new Uint8Array(length.buffer), ...new TextEncoder().encode(type), ...body, 0, 0, 0, 0];
};

function png(
  [width, height, depth, colour]: readonly [number, number, number, number],
  rows: readonly number[],
  extra: number[] = [],
): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, depth);
  header.setUint8(9, colour);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...extra,
    ...chunk('IDAT', deflateSync(Uint8Array.from(rows))),
    ...chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Four bytes a pixel; the left, upper and upper left neighbours are what each filter subtracts. */
const plain = [
  [10, 20, 30, 255, 200, 100, 50, 128],
  [13, 22, 33, 250, 190, 110, 55, 120],
];
function filtered(kind: number): number[] {
  return plain.flatMap((row, y) => [
    kind,
    ...row.map((value, x) => {
      const [a, b, c] = [row[x - 4] ?? 0, plain[y - 1]?.[x] ?? 0, plain[y - 1]?.[x - 4] ?? 0];
      const p = a + b - c;
      const nearest = [a, b, c].reduce((best, v) => (Math.abs(p - v) < Math.abs(p - best) ? v : best), a);
      return (value - [0, a, b, (a + b) >> 1, nearest][kind]!) & 255;
    }),
  ]);
}

test.each([0, 1, 2, 3, 4])('filter %i', async (kind) => {
  const { width, height, data } = await decodePng(png([2, 2, 8, 6], filtered(kind)));
  expect([width, height]).toEqual([2, 2]);
  expect([...data]).toEqual(plain.flat());
});

test('a palette of two bits, with transparency', async () => {
  const extra = [
    ...chunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ...chunk('tRNS', Uint8Array.of(255, 0)),
  ];
  const { data } = await decodePng(png([3, 1, 2, 3], [0, 0b00_01_10_00], extra));
  expect([...data]).toEqual([1, 2, 3, 255, 4, 5, 6, 0, 7, 8, 9, 255]);
});

test('grey of one bit and of sixteen', async () => {
  expect([...(await decodePng(png([2, 1, 1, 0], [0, 0b01_000000]))).data]).toEqual([
    0, 0, 0, 255, 255, 255, 255, 255,
  ]);
  expect([...(await decodePng(png([1, 1, 16, 0], [0, 0x80, 0x12]))).data]).toEqual([128, 128, 128, 255]);
});

test.each([
  ['no PNG', Uint8Array.of(1, 2, 3), 'signature'],
  ['a picture larger than memory', png([65535, 65535, 8, 6], []), 'pixels'],
  ['too few pixels', png([2, 2, 8, 6], [0, 1]), 'are needed'],
  ['an unknown filter', png([1, 1, 8, 0], [9, 1]), 'filter 9'],
  ['a cut file', png([2, 2, 8, 6], filtered(0)).slice(0, 60), 'ends before'],
])('%s is refused', async (_, bytes, reason) => {
  const error: unknown = await decodePng(bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LabError);
  expect((error as LabError).message).toContain(reason);
});

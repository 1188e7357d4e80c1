/** Sizes as encoders write them; what is cut off or of another kind says nothing. */
import { expect, test } from 'vitest';
import { imageHeader, isImage, type ImageHeader } from './imageHeader';

const ascii = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
const hex = (text: string): number[] => (text.match(/[0-9a-f]{2}/g) ?? []).map((byte) => parseInt(byte, 16));
const riff = (chunk: string, data: string): Uint8Array =>
  Uint8Array.from([
    ...ascii('RIFF'),
    0,
    1,
    0,
    0,
    ...ascii('WEBP'),
    ...ascii(chunk),
    99,
    0,
    0,
    0,
    ...hex(data),
  ]);

/** All 37 × 21 pixels; the WebP and PNG ones begin as Chromium's encoder writes them. */
const images: readonly (readonly [ImageHeader['format'], what: string, Uint8Array])[] = [
  [
    'PNG',
    '',
    Uint8Array.from([0x89, ...ascii('PNG'), ...hex('0d0a1a0a0000000d49484452 00000025 00000015 0806')]),
  ],
  ['GIF', '', Uint8Array.from([...ascii('GIF89a'), ...hex('25001500 f0 00 00')])],
  ['WebP', 'lossy', riff('VP8 ', '3003009d012a 2500 1500 3f71b6d3')],
  ['WebP', 'lossless', riff('VP8L', '2f 24000500 0710fd8f')],
  ['WebP', 'extended', riff('VP8X', '20000000 240000 140000 49434350')],
  [
    'BMP',
    'rows from the top',
    Uint8Array.from([...ascii('BM'), ...hex('f6000000 0000 0000 36000000 28000000 25000000 ebffffff 0100')]),
  ],
  [
    'JPEG',
    'baseline after JFIF, padding and tables',
    Uint8Array.from(
      hex(
        'ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 0000 ffff ffdb 0004 0000 ffc4 0003 00 ffc0 0011 08 0015 0025 03',
      ),
    ),
  ],
  ['JPEG', 'progressive', Uint8Array.from(hex('ffd8 ffdb 0004 0000 ffc2 0011 08 0015 0025 03'))],
];

test.each(images)('%s %s', (format, _, bytes) => {
  expect(imageHeader(bytes)).toEqual({ format, size: { width: 37, height: 21 } });
});

test.each(images)('%s %s cut off within its header tells the whole size or none', (format, _, bytes) => {
  // As many as say which format it is.
  const shortest = format === 'WebP' ? 16 : 4;
  const size = { width: 37, height: 21 };
  for (let length = shortest; length <= bytes.length; length++)
    expect([size, undefined]).toContainEqual(imageHeader(bytes.subarray(0, length))?.size);
  expect(imageHeader(bytes.subarray(0, shortest))).toEqual({ format, size: undefined });
});

test('bytes behind an offset are read from there', () => {
  const bytes = images[0]![2];
  const shifted = Uint8Array.from([1, 2, 3, ...bytes]).subarray(3);
  expect(imageHeader(shifted)?.size).toEqual({ width: 37, height: 21 });
});

test.each([
  ['a JPEG whose scan begins before any frame', 'ffd8ffda000200'],
  ['a JPEG of no segment', 'ffd8ff0000'],
  ['a PNG of no width', '89504e470d0a1a0a0000000d494844520000000000000015'],
  ["OS/2's BMP", '424d f6000000 0000 0000 1a000000 0c000000 2500 1500 0100 1800'],
  ['WebP of an unknown chunk', '52494646 00000000 57454250 56503851 00000000 000000000000000000000000'],
])('%s is an image without a size', (_, text) => {
  const bytes = Uint8Array.from(hex(text));
  expect(isImage(bytes)).toBe(true);
  expect(imageHeader(bytes)?.size).toBeUndefined();
});

test.each(['', 'x,y\n1,2', 'BM,3', '<svg/>', 'RIFF1234WAVE'])('text like "%s" is no image', (text) => {
  expect(isImage(Uint8Array.from(ascii(text)))).toBe(false);
});

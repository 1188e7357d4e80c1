/** Every colour type becomes RGBA; damaged and lying files are refused in words. */
import { encode, type ImageData } from 'fast-png';
import { expect, test } from 'vitest';
import { LabError } from './errors';
import { decodePng } from './png';

const png = (image: ImageData): Uint8Array<ArrayBuffer> => Uint8Array.from(encode(image));

test.each<[string, ImageData, number[]]>([
  ['RGBA', { width: 1, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4) }, [1, 2, 3, 4]],
  [
    'RGB',
    { width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    [1, 2, 3, 255, 4, 5, 6, 255],
  ],
  ['grey and alpha', { width: 1, height: 1, channels: 2, data: Uint8Array.of(9, 7) }, [9, 9, 9, 7]],
  [
    'grey of sixteen bits',
    { width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(0x8012) },
    [128, 128, 128, 255],
  ],
  [
    'grey of one bit',
    { width: 2, height: 1, channels: 1, depth: 1, data: Uint8Array.of(0b01000000) },
    [0, 0, 0, 255, 255, 255, 255, 255],
  ],
  [
    'a palette with transparency',
    {
      width: 2,
      height: 1,
      channels: 1,
      data: Uint8Array.of(1, 0),
      palette: [
        [1, 2, 3, 0],
        [4, 5, 6, 255],
      ],
    },
    [4, 5, 6, 255, 1, 2, 3, 0],
  ],
])('%s', (_, image, expected) => {
  expect([...decodePng(png(image)).data]).toEqual(expected);
});

const good = png({ width: 2, height: 2, channels: 4, data: new Uint8Array(16) });
const lying = Uint8Array.from(good);
new DataView(lying.buffer).setUint32(16, 0x7fffffff);

test.each([
  ['no PNG', Uint8Array.of(1, 2, 3)],
  ['a picture larger than memory', lying],
  ['a cut file', good.slice(0, 50)],
  ['a damaged header', good.with(25, 99)],
])('%s is refused', (_, bytes) => {
  expect(() => decodePng(bytes, 'a.png')).toThrow(LabError);
  expect(() => decodePng(bytes, 'a.png')).toThrow(/a\.png: not a valid PNG file: \S/);
});

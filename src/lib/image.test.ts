/** What is refused before or while decoding, and how large pictures come down; the browsers' own decoders stand aside. */
import { encode } from 'fast-png';
import { afterEach, expect, test, vi } from 'vitest';
import { sentenceOf } from './errors';
import { decodeImage } from './image';

const png = Uint8Array.from(encode({ width: 1, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 255) }));

/** A browser whose decoder answers so. */
function browser(decode: () => Promise<{ width: number; height: number }>): {
  drawn: number[];
  closed: number;
} {
  const seen = { drawn: [] as number[], closed: 0 };
  vi.stubGlobal('createImageBitmap', async () => ({ ...(await decode()), close: () => (seen.closed += 1) }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      constructor(
        readonly width: number,
        readonly height: number,
      ) {}
      getContext = () => ({
        drawImage: (_: unknown, x: number, y: number, w: number, h: number) => seen.drawn.push(x, y, w, h),
        getImageData: (_x: number, _y: number, w: number, h: number) => ({
          data: new Uint8ClampedArray(4 * w * h),
        }),
      });
    },
  );
  return seen;
}
afterEach(() => vi.unstubAllGlobals());

const refusal = async (bytes: Uint8Array<ArrayBuffer>): Promise<readonly string[]> => {
  const error = await decodeImage(bytes, 'a.jpg').then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return [sentenceOf(error, 'en'), sentenceOf(error, 'zh')];
};

test('one pixel is an image, also without a browser', async () => {
  expect(await decodeImage(png)).toEqual({ width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) });
});

test('more pixels than memory are refused by the header, with nothing decoded', async () => {
  const decode = vi.fn();
  browser(decode);
  const huge = Uint8Array.from(png);
  new DataView(huge.buffer).setUint32(16, 20_000);
  new DataView(huge.buffer).setUint32(20, 20_000);
  const [en, zh] = await refusal(huge);
  expect(en).toMatch(/a\.jpg: 20000 × 20000 pixels are too many/);
  expect(zh).toMatch(/20000 × 20000 像素太大/);
  expect(decode).not.toHaveBeenCalled();
});

test('a file that a decoder refuses is damaged or no image at all', async () => {
  browser(() =>
    Promise.reject(new DOMException('The source image could not be decoded.', 'InvalidStateError')),
  );
  expect((await refusal(png.slice(0, 40)))[0]).toMatch(/not a valid PNG file: it is damaged or cut off/);
  const [en, zh] = await refusal(new TextEncoder().encode('no picture'));
  expect(en).toMatch(/not a valid image file: this browser cannot decode it; PNG/);
  expect(zh).toMatch(/不是有效的 图像 文件：浏览器无法解码/);
});

test.each([
  [20_000, 20, 2048, 2],
  [20_000, 1, 2048, 1],
  [3, 5000, 1, 2048],
  [640, 480, 640, 480],
])('%s × %s comes as %s × %s', async (width, height, w, h) => {
  const seen = browser(() => Promise.resolve({ width, height }));
  expect(await decodeImage(png)).toMatchObject({ width: w, height: h });
  expect(seen).toEqual({ drawn: [0, 0, w, h], closed: 1 });
});

/** Images as pixels: the browser's own decoders where there are any, else (in Node) PNG by `png.ts`. */
import { LabError } from './errors';
import { imageHeader } from './imageHeader';
import type { Image } from './png';
import type { Text } from './text';

export type { Image };

/** Four bytes each while it is decoded: 400 MB. */
const MOST_PIXELS = 1e8;

/** @param longest in a browser, larger pictures come scaled down to this on their longer side */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  file = 'image',
  longest = 2048,
): Promise<Image> {
  const header = imageHeader(bytes);
  const refuse = (reason: Text): LabError =>
    new LabError('file.format', { file, format: header?.format ?? { en: 'image', zh: '图像' }, reason });
  const size = header?.size;
  if (size && size.width * size.height > MOST_PIXELS)
    throw new LabError('usage', {
      what: {
        en: `${file}: ${size.width} × ${size.height} pixels are too many; at most 100 million are decoded. Save it smaller`,
        zh: `${file}：${size.width} × ${size.height} 像素太大，最多解码 1 亿像素。请缩小后再打开`,
      },
    });
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function')
    return (await import('./png')).decodePng(bytes, file);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    throw refuse(
      header
        ? {
            en: 'it is damaged or cut off; open it elsewhere and save it anew',
            zh: '文件已损坏或不完整，请重新保存后再打开',
          }
        : {
            en: 'this browser cannot decode it; PNG, JPEG, WebP and GIF are read everywhere',
            zh: '浏览器无法解码；PNG、JPEG、WebP、GIF 都可以读取',
          },
    );
  }
  try {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw refuse({ en: 'no 2-D canvas is available', zh: '无法创建二维画布' });
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

/** Images as pixels: the browser's own decoders where there are any, else (in Node) PNG by `png.ts`. */
import { LabError } from './errors';
import type { Image } from './png';

export type { Image };

/** @param longest in a browser, larger pictures come scaled down to this on their longer side */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  file = 'image',
  longest = 2048,
): Promise<Image> {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function')
    return (await import('./png')).decodePng(bytes, file);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    throw new LabError('file.format', { file, format: 'image', reason: 'this browser cannot decode it' });
  }
  try {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context)
      throw new LabError('file.format', { file, format: 'image', reason: 'no 2-D canvas is available' });
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

/** A distribution of the reader's own out of whatever file it is: safetensors, a drawing, an image, CSV, known by first bytes. */
import { LabError } from '@/lib/errors';
import { decodeImage } from '@/lib/image';
import { isImage } from '@/lib/imageHeader';
import { readSafetensors } from '@/lib/safetensors';
import { mixtureFrom, mixtures } from './data';
import { mixtureOfDrawing, parseDrawing } from './drawing';
import type { Mixture } from './mixture';
import type { MixtureName } from './names';
import { mixtureOfImage } from './picture';
import { centred, mixtureOfPoints, parsePoints } from './pointSet';

/** Text of this size holds more points than are taken. */
const MOST_TEXT = 2 ** 24;

/** Eight bytes of a length, then JSON. */
const isSafetensors = (bytes: Uint8Array, name: string): boolean =>
  name.endsWith('.safetensors') || (bytes[7] === 0 && bytes[8] === 0x7b);

/** Text has no zero bytes, and what is not UTF-8 is not text. */
function textOf(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  if (bytes.length > MOST_TEXT || bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The mixture that a file describes, or an error that says what of it is wrong. */
export async function mixtureOfFile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Mixture> {
  if (isSafetensors(bytes, name)) return mixtureFrom(Object.fromEntries(readSafetensors(bytes, name)));
  const drawing = parseDrawing(bytes);
  if (drawing) return mixtureOfDrawing(drawing);
  if (isImage(bytes)) return mixtureOfImage(await decodeImage(bytes, name), name);
  const text = textOf(bytes);
  if (text === undefined) {
    throw new LabError('usage', {
      what: {
        en: `${name} is neither an image that can be read, nor points as CSV, nor a safetensors file`,
        zh: `${name} 既不是可读取的图像，也不是点集 CSV 或 safetensors 文件`,
      },
    });
  }
  return mixtureOfPoints(parsePoints(text, name));
}

/** The points of a file that is a list of them, centred and scaled; else nothing. */
export function pointsOfFile(bytes: Uint8Array<ArrayBuffer>, name: string): Float64Array | undefined {
  if (isSafetensors(bytes, name) || parseDrawing(bytes) || isImage(bytes)) return undefined;
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  const { points, weights } = centred(parsePoints(text, name));
  return points.filter((_, i) => weights[i >> 1]! > 0);
}

/** The reader's own distribution, or the one with that name: also where a link names a file that is not here. */
export const mixtureOr = async (
  name: MixtureName,
  file: { readonly name: string } | null,
  bytes: Uint8Array<ArrayBuffer> | undefined,
): Promise<Mixture> => (file && bytes ? mixtureOfFile(bytes, file.name) : mixtures[name]);

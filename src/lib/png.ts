/** PNG to RGBA8 without a browser. Files come from strangers: sizes are held against a limit before allocating. */
import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { LabError } from './errors';

/** Rows from the top; four bytes a pixel: red, green, blue, alpha, not premultiplied. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A stranger's picture may say that it is larger than memory. */
const MOST_PIXELS = 1e8;
/** Width and height stand in the first chunk, which is always the header. */
const WIDTH_AT = 16;

export function decodePng(bytes: Uint8Array<ArrayBuffer>, file = 'image'): Image {
  const refuse = (reason: string): never => {
    throw new LabError('file.format', { file, format: 'PNG', reason });
  };
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength >= WIDTH_AT + 8) {
    const [width, height] = [head.getUint32(WIDTH_AT), head.getUint32(WIDTH_AT + 4)];
    if (width * height > MOST_PIXELS) refuse(`${width}×${height} pixels, at most ${MOST_PIXELS} are read`);
  }
  try {
    return widen(decode(bytes, { checkCrc: true }));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Any colour type and depth to four bytes a pixel. */
function widen(png: DecodedPng): Image {
  const { width, height } = png;
  const indexed = png.palette !== undefined;
  const samples = indexed ? convertIndexedToRgb(png) : png.data;
  const channels = indexed ? (png.palette?.[0]?.length ?? 3) : png.channels;
  if (samples.length < width * height * channels && png.depth >= 8) throw new RangeError('too few pixels');
  const most = 2 ** png.depth - 1;
  const level = (pixel: number, channel: number): number => {
    const at = pixel * channels + channel;
    if (indexed || png.depth === 8) return samples[at]!;
    if (png.depth === 16) return Math.round((samples[at]! * 255) / most);
    // Less than a byte: only grey, each row beginning with a new byte.
    const y = Math.floor(pixel / width);
    const bit = (pixel - y * width) * png.depth;
    const byte = samples[y * Math.ceil((width * png.depth) / 8) + (bit >> 3)]!;
    return (((byte >> (8 - png.depth - (bit & 7))) & most) * 255) / most;
  };
  const data = new Uint8ClampedArray(width * height * 4);
  const grey = channels < 3;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) data[4 * pixel + c] = level(pixel, grey ? 0 : c);
    data[4 * pixel + 3] = channels === 2 || channels === 4 ? level(pixel, channels - 1) : 255;
  }
  return { width, height, data };
}

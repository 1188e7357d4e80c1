/**
 * PNG to RGBA8 without a browser (W3C, "Portable Network Graphics", 3rd edition, §11 chunks, §9 filters): all colour
 * types and depths, not interlaced. Files come from strangers: sizes are held against limits before allocating.
 */
import { LabError } from './errors';

/** Rows from the top; four bytes a pixel: red, green, blue, alpha, not premultiplied. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A stranger's picture may say that it is larger than memory. */
const MOST_PIXELS = 1e8;

interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
}

const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const depths = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] } as const;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export async function decodePng(bytes: Uint8Array<ArrayBuffer>, file = 'image'): Promise<Image> {
  const fail = (reason: string): never => {
    throw new LabError('file.format', { file, format: 'PNG', reason });
  };
  if (signature.some((byte, i) => bytes[i] !== byte))
    fail('the signature is missing (only PNG is read here)');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Header | undefined;
  let palette: Uint8Array = new Uint8Array(0);
  let transparent: Uint8Array = new Uint8Array(0);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) fail(`chunk ${type}: ${length} bytes, but the file ends before`);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = readHeader(body, fail);
    else if (type === 'PLTE') palette = body;
    else if (type === 'tRNS') transparent = body;
    else if (type === 'IDAT') parts.push(body);
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (!header) return fail('IHDR is missing');
  const bits = samples[header.colour] * header.depth;
  const stride = Math.ceil((header.width * bits) / 8);
  const raw = await inflate(parts, header.height * (stride + 1), fail);
  unfilter(raw, header.height, stride, Math.max(1, bits >> 3), fail);
  return {
    width: header.width,
    height: header.height,
    data: toRgba(raw, stride, header, palette, transparent),
  };
}

function readHeader(body: Uint8Array, fail: (reason: string) => never): Header {
  if (body.length !== 13) fail('IHDR has no 13 bytes');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height, depth, colour] = [
    view.getUint32(0),
    view.getUint32(4),
    view.getUint8(8),
    view.getUint8(9),
  ];
  if (width === 0 || height === 0 || width * height > MOST_PIXELS)
    fail(`IHDR: ${width} × ${height} pixels; 1 to ${MOST_PIXELS} are allowed`);
  const known = colour === 0 || colour === 2 || colour === 3 || colour === 4 || colour === 6;
  if (!known || !depths[colour].some((d) => d === depth))
    return fail(`IHDR: colour type ${colour} at depth ${depth}`);
  if (view.getUint8(12) !== 0) fail('IHDR: interlaced pictures are not read here');
  return { width, height, depth, colour };
}

async function inflate(
  parts: readonly Uint8Array<ArrayBuffer>[],
  size: number,
  fail: (reason: string) => never,
): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const reader = new Blob([...parts]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let at = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // What comes beyond the picture is not kept: a small file may unpack to any size.
      out.set(value.subarray(0, size - at), at);
      at = Math.min(size, at + value.length);
      if (at === size) {
        await reader.cancel();
        break;
      }
    }
  } catch {
    fail('IDAT: the compressed data is damaged');
  }
  if (at < size) fail(`IDAT: ${at} bytes of pixels, ${size} are needed`);
  return out;
}

/** Undoes each row's filter in place: `by` is the distance to the pixel on the left, in bytes. */
function unfilter(
  raw: Uint8Array,
  height: number,
  stride: number,
  by: number,
  fail: (reason: string) => never,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * (stride + 1) + 1;
    const filter = raw[row - 1]!;
    if (filter > 4) fail(`row ${y}: filter ${filter} is not known`);
    for (let x = 0; x < stride; x++) {
      const left = x >= by ? raw[row + x - by]! : 0;
      const up = y > 0 ? raw[row + x - stride - 1]! : 0;
      const corner = x >= by && y > 0 ? raw[row + x - by - stride - 1]! : 0;
      const add = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter]!;
      raw[row + x] = raw[row + x]! + add;
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function toRgba(
  raw: Uint8Array,
  stride: number,
  { width, height, depth, colour }: Header,
  palette: Uint8Array,
  transparent: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(4 * width * height);
  const per = samples[colour];
  const most = 2 ** Math.min(8, depth) - 1;
  for (let y = 0; y < height; y++) {
    const row = y * (stride + 1) + 1;
    // The upper byte of 16 bits is the value in 8.
    const sample = (i: number): number => {
      if (depth >= 8) return raw[row + (i * depth) / 8]!;
      const bit = i * depth;
      return (raw[row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & most;
    };
    for (let x = 0; x < width; x++) {
      const to = 4 * (y * width + x);
      if (colour === 3) {
        const index = sample(x);
        data.set([palette[3 * index] ?? 0, palette[3 * index + 1] ?? 0, palette[3 * index + 2] ?? 0], to);
        data[to + 3] = transparent[index] ?? 255;
        continue;
      }
      const grey = colour === 0 || colour === 4;
      for (let c = 0; c < 3; c++) data[to + c] = (sample(x * per + (grey ? 0 : c)) * 255) / most;
      data[to + 3] = colour === 4 || colour === 6 ? (sample(x * per + per - 1) * 255) / most : 255;
    }
  }
  return data;
}

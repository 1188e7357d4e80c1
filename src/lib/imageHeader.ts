/**
 * What a picture's first bytes say of it, before anything is decoded. PNG (W3C PNG §11.2.1), JPEG (ITU-T T.81 §B.2.2),
 * GIF (89a §18), WebP (RFC 9649 §2.5–2.7), BMP (BITMAPINFOHEADER): all that browsers have long read.
 */

export interface ImageHeader {
  readonly format: 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP';
  /** Pixels; nothing where the header is damaged, cut off, or of an older kind. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

/** Nothing where the bytes are of no such kind. */
export function imageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const found = kinds.find(({ pattern }) => pattern.test(head));
  if (!found) return undefined;
  const { format, sizeOf } = found;
  try {
    const [width, height] = sizeOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? [];
    return { format, size: width && height ? { width, height } : undefined };
  } catch (error) {
    // The view's own bounds: the file ends within its header.
    if (error instanceof RangeError) return { format, size: undefined };
    throw error;
  }
}

export const isImage = (bytes: Uint8Array): boolean => imageHeader(bytes) !== undefined;

type Size = readonly [width: number, height: number];

const kinds: readonly {
  readonly format: ImageHeader['format'];
  readonly pattern: RegExp;
  readonly sizeOf: (view: DataView) => Size | undefined;
}[] = [
  { format: 'PNG', pattern: /^\x89PNG/, sizeOf: (view) => [view.getUint32(16), view.getUint32(20)] },
  { format: 'JPEG', pattern: /^\xff\xd8\xff/, sizeOf: jpegSize },
  { format: 'GIF', pattern: /^GIF8/, sizeOf: (view) => [view.getUint16(6, true), view.getUint16(8, true)] },
  { format: 'WebP', pattern: /^RIFF....WEBP/s, sizeOf: webpSize },
  {
    format: 'BMP',
    // Text may begin with these two letters.
    pattern: /^BM[^,;\s\d]/s,
    // A header of twelve bytes is OS/2's; a negative height says that rows go from the top.
    sizeOf: (view) =>
      view.getUint32(14, true) < 40
        ? undefined
        : [view.getInt32(18, true), Math.abs(view.getInt32(22, true))],
  },
];

/** Segments up to the frame header (SOF0 … SOF15), which says lines, then samples a line. */
function jpegSize(view: DataView): Size | undefined {
  const others = [0xc4, 0xc8, 0xcc];
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && !others.includes(marker))
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webpSize(view: DataView): Size | undefined {
  switch (view.getUint8(15)) {
    // "VP8 ": 14 bits each, after the frame's tag and start code.
    case 0x20:
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    // "VP8L": 14 bits each, less one.
    case 0x4c: {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    // "VP8X": 24 bits each, less one.
    case 0x58:
      return [(view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1];
    default:
      return undefined;
  }
}

/**
 * An image as a sequence: ⌊√N⌋² square patches, each a feature vector of colour, texture (magnitudes of its discrete
 * cosine transform) and place. q = k = v: every patch looks at the patches that are like it.
 */
import type { Image } from '@/lib/image';

/** Pixels along one side of a patch, after the picture was scaled. */
export const CELL = 8;
/** The largest logit, scale·q·q: how sharply a patch prefers what is like it. */
const SHARPNESS = 16;

/** Weights of colour, texture and place, by head: the first is led by colour, the next three know one thing each. */
const emphasis = [
  [1, 0.2, 0.2],
  [1, 0, 0],
  [0, 1, 0],
  [0.25, 0, 1],
] as const;

/** More patches than this would be smaller than a picture's details. */
const MOST_SIDE = 96;

export const sideOf = (n: number): number => Math.min(MOST_SIDE, Math.max(4, Math.floor(Math.sqrt(n))));

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The patch under a point of the square picture, in [0, 1]². */
export function patchAt({ x, y }: Point, side: number): number {
  const cell = (v: number): number => Math.min(side - 1, Math.max(0, Math.floor(v * side)));
  return cell(y) * side + cell(x);
}

/** Upper left corner of a patch, in [0, 1]². */
export const placeOf = (patch: number, side: number): Point => ({
  x: (patch % side) / side,
  y: Math.floor(patch / side) / side,
});

/** The middle square, averaged down (or repeated up) to `size` pixels a side; transparent parts on white. */
export function square(image: Image, size: number): Image {
  const from = Math.min(image.width, image.height);
  const left = (image.width - from) >> 1;
  const top = (image.height - from) >> 1;
  const data = new Uint8ClampedArray(4 * size * size);
  const span = (i: number): [number, number] => {
    const low = Math.floor((i * from) / size);
    return [low, Math.max(low + 1, Math.floor(((i + 1) * from) / size))];
  };
  for (let y = 0; y < size; y++) {
    const [y0, y1] = span(y);
    for (let x = 0; x < size; x++) {
      const [x0, x1] = span(x);
      const sum = [0, 0, 0];
      for (let v = y0; v < y1; v++) {
        for (let u = x0; u < x1; u++) {
          const at = 4 * ((top + v) * image.width + left + u);
          const alpha = image.data[at + 3]! / 255;
          for (let c = 0; c < 3; c++) sum[c]! += image.data[at + c]! * alpha + 255 * (1 - alpha);
        }
      }
      const to = 4 * (y * size + x);
      for (let c = 0; c < 3; c++) data[to + c] = sum[c]! / ((y1 - y0) * (x1 - x0));
      data[to + 3] = 255;
    }
  }
  return { width: size, height: size, data };
}

/**
 * Features of all patches for each of `heads` heads, head by head: [heads, side², D].
 * @param picture `square(image, CELL · side)`
 */
export function features(picture: Image, side: number, heads: number, D: number): Float32Array<ArrayBuffer> {
  const count = side * side;
  const groups = groupsOf(picture, side, D);
  const out = new Float32Array(heads * count * D);
  for (let head = 0; head < heads; head++) {
    const weights = emphasis[head % emphasis.length]!;
    for (let patch = 0; patch < count; patch++) {
      const row = out.subarray((head * count + patch) * D, (head * count + patch + 1) * D);
      let at = 0;
      let norm = 0;
      groups.forEach(({ values, width }, g) => {
        for (let i = 0; i < width; i++) {
          const value = values[patch * width + i]! * weights[g]!;
          row[at++] = value;
          norm += value * value;
        }
      });
      // scale·q·k = q·k/√D is then SHARPNESS·cos of the angle between two patches.
      const gain = Math.sqrt((SHARPNESS * Math.sqrt(D)) / (norm || 1));
      for (let i = 0; i < at; i++) row[i] = row[i]! * gain;
    }
  }
  return out;
}

interface Group {
  readonly values: Float64Array;
  readonly width: number;
}

/** Colour, texture and place of every patch: together at most D wide. */
function groupsOf(picture: Image, side: number, D: number): Group[] {
  const count = side * side;
  const place = Float64Array.from({ length: count * 4 }, (_, i) => {
    const { x, y } = placeOf(Math.floor(i / 4), side);
    const angle = Math.PI * (i % 4 < 2 ? x : y);
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
  const perPlane = CELL * CELL - 1;
  // Colour takes 3 places and position 4: what is left of D holds the lowest frequencies of texture.
  const textures = Math.min(3 * perPlane, D - 7);
  const colour = new Float64Array(count * 3);
  const texture = new Float64Array(count * textures);
  for (let patch = 0; patch < count; patch++) {
    const planes = spectra(picture, patch, side);
    for (let c = 0; c < 3; c++) colour[patch * 3 + c] = planes[c]![0]!;
    for (let i = 0; i < textures; i++)
      texture[patch * textures + i] = Math.abs(
        planes[Math.floor(i / perPlane)]![zigzag[1 + (i % perPlane)]!]!,
      );
  }
  return [standard(colour, 3), standard(texture, textures), standard(place, 4)];
}

/** Luma and the two chroma planes of one patch, each as its 8 × 8 cosine transform (orthonormal DCT-II). */
function spectra(picture: Image, patch: number, side: number): Float64Array[] {
  const { x, y } = placeOf(patch, side);
  const planes = [0, 1, 2].map(() => new Float64Array(CELL * CELL));
  for (let i = 0; i < CELL * CELL; i++) {
    const px = Math.round(x * picture.width) + (i % CELL);
    const py = Math.round(y * picture.height) + Math.floor(i / CELL);
    const at = 4 * (py * picture.width + px);
    const [r, g, b] = [picture.data[at]! / 255, picture.data[at + 1]! / 255, picture.data[at + 2]! / 255];
    // ITU-R BT.601; chroma is doubled, as it varies less in pictures.
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    planes[0]![i] = luma;
    planes[1]![i] = 2 * 0.564 * (b - luma);
    planes[2]![i] = 2 * 0.713 * (r - luma);
  }
  return planes.map(transform);
}

const basis = Float64Array.from({ length: CELL * CELL }, (_, i) => {
  const [k, x] = [Math.floor(i / CELL), i % CELL];
  return Math.sqrt((k === 0 ? 1 : 2) / CELL) * Math.cos((Math.PI * (x + 0.5) * k) / CELL);
});

function transform(plane: Float64Array): Float64Array {
  const rows = new Float64Array(CELL * CELL);
  const out = new Float64Array(CELL * CELL);
  for (let y = 0; y < CELL; y++)
    for (let k = 0; k < CELL; k++)
      for (let x = 0; x < CELL; x++) rows[y * CELL + k]! += basis[k * CELL + x]! * plane[y * CELL + x]!;
  for (let k = 0; k < CELL; k++)
    for (let x = 0; x < CELL; x++)
      for (let y = 0; y < CELL; y++) out[k * CELL + x]! += basis[k * CELL + y]! * rows[y * CELL + x]!;
  return out;
}

/** Places of an 8 × 8 spectrum from low to high frequency. */
const zigzag = Array.from({ length: CELL * CELL }, (_, i) => i).sort((a, b) => {
  const diagonal = (i: number): number => Math.floor(i / CELL) + (i % CELL);
  return diagonal(a) - diagonal(b) || a - b;
});

/** Centred over the patches and scaled to a mean square norm of 1, so that groups weigh alike. */
function standard(values: Float64Array, width: number): Group {
  const count = values.length / width;
  let norm = 0;
  for (let i = 0; i < width; i++) {
    let mean = 0;
    for (let p = 0; p < count; p++) mean += values[p * width + i]! / count;
    for (let p = 0; p < count; p++) {
      values[p * width + i]! -= mean;
      norm += values[p * width + i]! ** 2 / count;
    }
  }
  const gain = 1 / (Math.sqrt(norm) || 1);
  for (let i = 0; i < values.length; i++) values[i]! *= gain;
  return { values, width };
}

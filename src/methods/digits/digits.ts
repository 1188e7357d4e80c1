/**
 * Images of handwritten-looking digits without end: strokes bent, tilted, scaled and shifted at random, drawn with a
 * pen of random width, over noise. The same seed gives the same images.
 */
import type { Random } from '@/lib/random';
import { distance, type Point, type Stroke } from '@/methods/drawing/geometry';
import { digits } from './strokes';

export const CLASSES = digits.length;

export interface Batch {
  /** [count, size, size], 0 is paper and 1 is ink. */
  readonly images: Float32Array<ArrayBuffer>;
  /** [count], the digit. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Standard deviation of what is added to each pixel. */
const NOISE = 0.1;

export function digitImages(count: number, size: number, random: Random): Batch {
  const images = new Float32Array(count * size * size);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const digit = random.int(0, CLASSES - 1);
    const ways = digits[digit]!;
    const strokes = ways[random.int(0, ways.length - 1)]!;
    labels[i] = digit;
    draw(images.subarray(i * size * size, (i + 1) * size * size), size, deform(strokes, random), random);
  }
  return { images, labels };
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** Every point through one random affine map and one slow wave, into the unit square. */
function deform(strokes: readonly Stroke[], random: Random): Stroke[] {
  const angle = between(random, -0.3, 0.3);
  const shear = between(random, -0.3, 0.3);
  const width = between(random, 0.45, 0.75);
  const height = between(random, 0.55, 0.8);
  const [dx, dy] = [between(random, -0.12, 0.12), between(random, -0.1, 0.1)];
  const bend = between(random, -0.06, 0.06);
  const phase = between(random, 0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return strokes.map((stroke) =>
    stroke.map(([px, py]): Point => {
      const x = (px - 0.5 + shear * (0.5 - py)) * width + bend * Math.sin(5 * py + phase);
      const y = (py - 0.5) * height + bend * Math.sin(5 * px + 2 * phase);
      return [0.5 + dx + cos * x - sin * y, 0.5 + dy + sin * x + cos * y];
    }),
  );
}

function draw(pixels: Float32Array, size: number, strokes: readonly Stroke[], random: Random): void {
  const pen = between(random, 0.03, 0.055);
  const ink = between(random, 0.7, 1);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at: Point = [(column + 0.5) / size, (row + 0.5) / size];
      let nearest = Infinity;
      for (const stroke of strokes) nearest = Math.min(nearest, distance(at, stroke));
      // One pixel of transition is what anti-aliasing leaves.
      const cover = Math.min(1, Math.max(0, (pen - nearest) * size + 0.5));
      pixels[row * size + column] = ink * cover + NOISE * random.normal();
    }
  }
}

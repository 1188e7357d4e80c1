/**
 * Colour images of signs and shapes without end, each over a cluttered background: turned, sheared, seen at an angle, in
 * any colours or as a sketch by pen, in uneven light, partly covered, blurred and noisy. A seed gives the same images.
 *
 * `strength` says how far that goes. 1 is what is to be recognised; at 0 signs stand upright and dark on light before
 * nothing. A training begins there (Bengio et al. 2009): of the whole it finds no pattern for a long time.
 */
import { mean, std } from '@/lib/colours';
import type { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import { distance, inside, type Point } from '@/methods/drawing/geometry';
import { Canvas, mix, type Colour } from './canvas';
import { plates, signs, type Ink, type Part } from './shapes';

export const CLASSES = signs.length;

export interface Images {
  /** [count, size, size, 3], colours from 0 to 1. */
  readonly images: Float32Array<ArrayBuffer>;
  /** [count], the place in `signs`. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** The share of a training's steps over which its images become as hard as they get. */
export const HARDER = 0.5;
/** How hard the images of a step are, of a training that goes up to `most`. */
export const strengthAt = (step: number, steps: number, most: number): number =>
  most * Math.min(1, step / (HARDER * steps));

/** The share of the images that are sketches. */
const SKETCH = 0.25;
/** Luminance between what stands on a plate and the plate, at least. */
const CONTRAST = 0.35;

export function signImages(count: number, size: number, random: Random, strength = 1): Images {
  const images = new Float32Array(count * size * size * 3);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = random.int(0, CLASSES - 1);
    labels[i] = label;
    const pixels = images.subarray(i * size * size * 3, (i + 1) * size * size * 3);
    paint(new Canvas(pixels, size), label, random, strength);
  }
  return { images, labels };
}

/** A batch as networks read it. */
export function signBatch(
  count: number,
  size: number,
  random: Random,
  strength = 1,
): { x: HostTensor; targets: HostTensor } {
  const { images, labels } = signImages(count, size, random, strength);
  for (let i = 0; i < images.length; i++) images[i] = (images[i]! - mean[i % 3]!) / std[i % 3]!;
  return { x: tensor('f32', [count, size, size, 3], images), targets: tensor('i32', [count], labels) };
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();
const colour = (random: Random): Colour => [random.uniform(), random.uniform(), random.uniform()];
const luminance = ([r, g, b]: Colour): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** A colour that stands out from another. */
function against(other: Colour, random: Random): Colour {
  for (;;) {
    const found = colour(random);
    if (Math.abs(luminance(found) - luminance(other)) > CONTRAST) return found;
  }
}
const light = (random: Random): Colour => mix(colour(random), [1, 1, 1], 0.7);
const dark = (random: Random): Colour => mix(colour(random), [0, 0, 0], 0.7);

function paint(canvas: Canvas, label: number, random: Random, strength: number): void {
  const sketch = random.uniform() < SKETCH;
  const easy = random.uniform() >= strength;
  const ground = sketch ? paper(canvas, random, easy) : scenery(canvas, random, strength, easy);
  const { ways, free } = signs[label]!;
  const own = random.pick(ways);
  // A pen draws no plate around what is known without one.
  const behind = free && !sketch && random.uniform() < 0.5 ? random.pick(plates) : [];
  const shrink = behind.length > 0 ? 0.68 : 1;
  const parts: Part[] = [
    ...behind,
    ...own.map((part) => ({
      ...part,
      ...(part.width !== undefined && { width: part.width * shrink }),
      points: part.points.map(([x, y]): Point => [0.5 + (x - 0.5) * shrink, 0.5 + (y - 0.5) * shrink]),
    })),
  ];
  const { place, scale } = view(random, strength);
  const placed = parts.map((part) => ({ ...part, points: part.points.map(place) }));
  if (sketch) sketched(canvas, placed, easy ? dark(random) : against(ground, random), random);
  else painted(canvas, placed, scale, ground, easy, random);
  weather(canvas, random, strength);
}

/** A map of the unit square: turned, sheared, stretched, seen at an angle, and somewhere in the image. */
function view(random: Random, strength: number): { place: (p: Point) => Point; scale: number } {
  const about = (middle: number, reach: number): number =>
    middle + strength * reach * (2 * random.uniform() - 1);
  const angle = about(0, 0.35);
  const shear = about(0, 0.25);
  const scale = 0.95 - strength * 0.4 * random.uniform();
  const [wide, high] = [scale * about(0.975, 0.125), scale * about(0.975, 0.125)];
  const room = 0.5 * (1 - scale) + 0.06;
  const [dx, dy] = [about(0, room), about(0, room)];
  const [tiltX, tiltY] = [about(0, 0.25), about(0, 0.25)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const place = ([px, py]: Point): Point => {
    const depth = 1 + tiltX * (px - 0.5) + tiltY * (py - 0.5);
    const x = ((px - 0.5 + shear * (py - 0.5)) * wide) / depth;
    const y = ((py - 0.5) * high) / depth;
    return [0.5 + dx + cos * x - sin * y, 0.5 + dy + sin * x + cos * y];
  };
  return { place, scale };
}

/** Even, with a slow change of shade. */
function paper(canvas: Canvas, random: Random, easy: boolean): Colour {
  const bright = between(random, 0.75, 1);
  const tint: Colour = [0, 1, 2].map(() => bright * between(random, 0.92, 1)) as unknown as Colour;
  const ground: Colour = !easy && random.uniform() < 0.2 ? [1 - tint[0], 1 - tint[1], 1 - tint[2]] : tint;
  canvas.gradient(ground, mix(ground, colour(random), 0.08), random.uniform() * 2 * Math.PI);
  return ground;
}

/** Two colours that run into each other, and things that are none of the signs. */
function scenery(canvas: Canvas, random: Random, strength: number, easy: boolean): Colour {
  const one = easy ? light(random) : colour(random);
  const other = easy ? light(random) : colour(random);
  canvas.gradient(one, other, random.uniform() * 2 * Math.PI);
  const things = random.int(0, Math.round(4 * strength));
  for (let i = 0; i < things; i++) {
    const [x, y] = [between(random, -0.1, 1.1), between(random, -0.1, 1.1)];
    const corners = random.int(2, 5);
    const points = Array.from({ length: corners }, (): Point => [
      x + between(random, -0.35, 0.35),
      y + between(random, -0.35, 0.35),
    ]);
    const width = between(random, 0.01, 0.06);
    const part = corners === 2 || random.uniform() < 0.3 ? { points, width } : { points };
    canvas.fill(coverOf(part, canvas.size), colour(random), points, 0.06);
  }
  return mix(one, other, 0.5);
}

/** How much of the pixel around a point a part covers: anti-aliased over one pixel. */
function coverOf({ points, width }: Pick<Part, 'points' | 'width'>, size: number): (p: Point) => number {
  if (width !== undefined) return (p) => clamp((width / 2 - distance(p, points)) * size + 0.5);
  const outline = [...points, points[0]!];
  return (p) => {
    const edge = distance(p, outline);
    return clamp((inside(p, points) ? edge : -edge) * size + 0.5);
  };
}
const clamp = (v: number): number => Math.min(1, Math.max(0, v));

function painted(
  canvas: Canvas,
  parts: readonly Part[],
  scale: number,
  ground: Colour,
  easy: boolean,
  random: Random,
): void {
  const plated = parts.some(({ ink }) => ink === 'plate');
  // What has nothing on it has to stand out itself.
  const bare = parts.every(({ ink }) => ink !== 'mark');
  const standing = (): Colour => (easy ? dark(random) : against(ground, random));
  const plate = bare ? standing() : plated ? (easy ? light(random) : colour(random)) : ground;
  const mark = easy ? dark(random) : against(plate, random);
  // A border in the colour of the plate is none.
  const border = random.uniform() < 0.4 ? plate : random.uniform() < 0.5 ? mark : against(plate, random);
  const inks: Record<Ink, Colour> = { plate, mark, border };
  for (const { ink, points, width } of parts) {
    const part = { points, ...(width !== undefined && { width: width * scale }) };
    canvas.fill(coverOf(part, canvas.size), inks[ink], points, (width ?? 0) * scale);
  }
}

/** Outlines alone, each by a hand that trembles; what is a line already is one stroke. */
function sketched(canvas: Canvas, parts: readonly Part[], ink: Colour, random: Random): void {
  const width = between(random, 0.025, 0.055);
  const tremble = between(random, 0, 0.012);
  for (const { points, width: line, ink: kind } of parts) {
    if (kind === 'border') continue;
    const outline = line === undefined ? [...points, points[0]!] : points;
    const drawn = outline.map(([x, y]): Point => [
      x + tremble * random.normal(),
      y + tremble * random.normal(),
    ]);
    canvas.fill(coverOf({ points: drawn, width }, canvas.size), ink, drawn, width);
  }
}

/** Light from a side, contrast, something in front, blur, noise. */
function weather(canvas: Canvas, random: Random, strength: number): void {
  if (random.uniform() < 0.3 * strength) {
    const [x, y] = [random.uniform(), random.uniform()];
    const [w, h] = [between(random, 0.05, 0.3), between(random, 0.05, 0.3)];
    const points: Point[] = [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ];
    canvas.fill(coverOf({ points }, canvas.size), colour(random), points, 0);
  }
  const low = 1 - 0.4 * strength * random.uniform();
  const high = 1 + strength * between(random, -0.1, 0.25);
  canvas.light(low, high, random.uniform() * 2 * Math.PI, strength * between(random, -0.12, 0.12));
  if (random.uniform() < 0.35 * strength) canvas.blur();
  canvas.noise(random, strength * between(random, 0, 0.07));
}

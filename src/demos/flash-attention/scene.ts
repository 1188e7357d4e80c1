/** The picture that ships: a drawn landscape in which things come several times, so that alike can look at alike. */
import type { Image } from '@/lib/image';
import { Random } from '@/lib/random';

type Rgb = readonly [r: number, g: number, b: number];
/** A shape in units of the picture's side, y down: where it lies, and the signed distance, negative inside. */
interface Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly distance: (x: number, y: number) => number;
}

const SIDE = 384;

const circle = (cx: number, cy: number, r: number, squash = 1): Shape => ({
  ...{ left: cx - r, right: cx + r, top: cy - r * squash, bottom: cy + r * squash },
  distance: (x, y) => Math.hypot(x - cx, (y - cy) / squash) - r,
});
const box = (cx: number, cy: number, halfWidth: number, halfHeight: number): Shape => ({
  ...{ left: cx - halfWidth, right: cx + halfWidth, top: cy - halfHeight, bottom: cy + halfHeight },
  distance: (x, y) => Math.max(Math.abs(x - cx) - halfWidth, Math.abs(y - cy) - halfHeight),
});
/** A triangle with a level base at `base` and its point above. */
const roof = (cx: number, base: number, halfWidth: number, height: number): Shape => ({
  ...{ left: cx - halfWidth, right: cx + halfWidth, top: base - height, bottom: base },
  distance: (x, y) => Math.max(y - base, Math.abs(x - cx) - (halfWidth * (y - base + height)) / height),
});
/** Everything under a line. */
const below = (line: (x: number) => number): Shape => ({
  ...{ left: 0, right: 1, top: 0, bottom: 1 },
  distance: (x, y) => line(x) - y,
});

const farHill = (x: number): number => 0.42 - 0.05 * Math.sin(5.2 * x + 0.6) - 0.02 * Math.sin(13 * x);
const nearHill = (x: number): number => 0.53 + 0.03 * Math.sin(4.1 * x + 2.2);

/** The same picture every time, 384 × 384. */
export function drawScene(): Image {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE).fill(255);
  const grain = new Random(7);
  const paint: Paint = ({ left, top, right, bottom, distance }, colour) => {
    const pixel = (v: number): number => Math.min(SIDE, Math.max(0, Math.ceil(v * SIDE)));
    for (let v = Math.max(0, pixel(top) - 2); v < pixel(bottom + 1 / SIDE); v++) {
      for (let u = Math.max(0, pixel(left) - 2); u < pixel(right + 1 / SIDE); u++) {
        const [x, y] = [(u + 0.5) / SIDE, (v + 0.5) / SIDE];
        const cover = Math.min(1, Math.max(0, 0.5 - distance(x, y) * SIDE));
        if (cover === 0) continue;
        const rgb = typeof colour === 'function' ? colour(x, y) : colour;
        const at = 4 * (v * SIDE + u);
        for (let c = 0; c < 3; c++) data[at + c] = data[at + c]! * (1 - cover) + rgb[c]! * cover;
      }
    }
  };

  paint(box(0.5, 0.5, 1, 1), (_, y) => [140 + 170 * y, 196 + 90 * y, 240 + 25 * y]);
  paint(circle(0.82, 0.13, 0.06), [255, 208, 64]);
  for (const [x, y] of [
    [0.2, 0.12],
    [0.52, 0.2],
  ] as const) {
    for (const [dx, dy, r] of [
      [-0.05, 0.015, 0.032],
      [0, 0, 0.045],
      [0.055, 0.015, 0.034],
    ] as const)
      paint(circle(x + dx, y + dy, r, 0.7), [252, 252, 252]);
  }
  paint(below(farHill), (_, y) => [128 - 60 * (y - 0.4), 172 - 40 * (y - 0.4), 150]);
  paint(below(nearHill), (x, y) => {
    const blade = 18 * (grain.uniform() - 0.5) + 10 * Math.sin(90 * x) * Math.sin(130 * y);
    return [104 + blade, 164 + blade, 70 + blade * 0.5];
  });
  paint(circle(0.31, 0.79, 0.2, 0.42), (x, y) => {
    const ripple = 12 * Math.sin(220 * y + 6 * Math.sin(18 * x));
    return [70 + ripple, 138 + ripple, 196 + ripple];
  });
  for (const [x, y, size] of [
    [0.17, 0.55, 1],
    [0.4, 0.575, 0.85],
    [0.86, 0.58, 1.1],
  ] as const)
    house(paint, x, y, 0.055 * size);
  for (const [x, y, size] of [
    [0.06, 0.6, 1],
    [0.55, 0.6, 1.25],
    [0.67, 0.62, 1],
    [0.95, 0.7, 1.35],
    [0.29, 0.57, 0.8],
  ] as const)
    tree(paint, x, y, 0.055 * size);
  for (const [x, y] of [
    [0.62, 0.76],
    [0.76, 0.72],
    [0.84, 0.85],
    [0.66, 0.9],
    [0.09, 0.92],
  ] as const)
    sheep(paint, x, y, 0.034);
  return { width: SIDE, height: SIDE, data };
}

type Paint = (shape: Shape, colour: Rgb | ((x: number, y: number) => Rgb)) => void;

function house(paint: Paint, x: number, y: number, s: number): void {
  paint(box(x, y, s, 0.8 * s), [196, 66, 52]);
  paint(roof(x, y - 0.75 * s, 1.25 * s, 0.85 * s), [92, 60, 54]);
  paint(box(x + 0.5 * s, y + 0.3 * s, 0.2 * s, 0.5 * s), [74, 46, 40]);
  for (const at of [-0.55, -0.05]) paint(box(x + at * s, y - 0.1 * s, 0.18 * s, 0.2 * s), [250, 232, 150]);
}

function tree(paint: Paint, x: number, y: number, s: number): void {
  paint(box(x, y + s, 0.16 * s, 0.7 * s), [98, 70, 48]);
  for (const [dx, dy, r] of [
    [-0.5, 0.1, 0.6],
    [0.5, 0.1, 0.6],
    [0, -0.45, 0.75],
  ] as const)
    paint(circle(x + dx * s, y + dy * s, r * s), (px, py) => {
      const leaf = 16 * Math.sin(170 * px + 3) * Math.sin(190 * py);
      return [38 + leaf, 104 + leaf, 56 + leaf];
    });
}

function sheep(paint: Paint, x: number, y: number, s: number): void {
  for (const at of [-0.6, -0.25, 0.3, 0.6])
    paint(box(x + at * s, y + 0.75 * s, 0.07 * s, 0.35 * s), [52, 48, 46]);
  for (const [dx, dy] of [
    [-0.55, 0],
    [0, -0.15],
    [0.5, 0],
  ] as const)
    paint(circle(x + dx * s, y + dy * s, 0.6 * s, 0.9), [246, 243, 236]);
  paint(circle(x + 1.15 * s, y - 0.2 * s, 0.33 * s, 1.2), [58, 52, 50]);
}

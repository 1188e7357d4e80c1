/** Colours on the CPU: [size, size, 3] from 0 to 1, with what the signs are painted by. */
import type { Random } from '@/lib/random';
import type { Point, Stroke } from '@/methods/drawing/geometry';

export type Colour = readonly [red: number, green: number, blue: number];

export const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
  a[2] + share * (b[2] - a[2]),
];

export class Canvas {
  constructor(
    readonly pixels: Float32Array<ArrayBuffer>,
    /** Pixels of a side. */
    readonly size: number,
  ) {}

  /** From `one` to `other` in the direction of `angle`. */
  gradient(one: Colour, other: Colour, angle: number): void {
    this.each((at, along) => {
      for (let c = 0; c < 3; c++) this.pixels[at + c] = one[c]! + along * (other[c]! - one[c]!);
    }, angle);
  }

  /** Colours by a share that `cover` gives for a point; nothing beyond `margin` around `about` is asked for. */
  fill(cover: (p: Point) => number, colour: Colour, about: Stroke, margin: number): void {
    const { size, pixels } = this;
    const range = (values: number[]): [number, number] => [
      Math.max(0, Math.floor((Math.min(...values) - margin) * size - 1)),
      Math.min(size - 1, Math.ceil((Math.max(...values) + margin) * size + 1)),
    ];
    const [left, right] = range(about.map(([x]) => x));
    const [top, bottom] = range(about.map(([, y]) => y));
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const share = cover([(column + 0.5) / size, (row + 0.5) / size]);
        if (share === 0) continue;
        const at = 3 * (row * size + column);
        for (let c = 0; c < 3; c++) pixels[at + c]! += share * (colour[c]! - pixels[at + c]!);
      }
    }
  }

  /** Times a factor from `low` to `high` across the image, plus a constant. */
  light(low: number, high: number, angle: number, plus: number): void {
    this.each((at, along) => {
      for (let c = 0; c < 3; c++)
        this.pixels[at + c] = this.pixels[at + c]! * (low + along * (high - low)) + plus;
    }, angle);
  }

  /** Each pixel and its four neighbours, the middle as heavy as those together. */
  blur(): void {
    const { size, pixels } = this;
    const before = pixels.slice();
    const at = (row: number, column: number): number =>
      3 * (Math.min(size - 1, Math.max(0, row)) * size + Math.min(size - 1, Math.max(0, column)));
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        for (let c = 0; c < 3; c++)
          pixels[at(row, column) + c] =
            0.5 * before[at(row, column) + c]! +
            0.125 *
              (before[at(row - 1, column) + c]! +
                before[at(row + 1, column) + c]! +
                before[at(row, column - 1) + c]! +
                before[at(row, column + 1) + c]!);
  }

  /** Of this deviation, spread evenly, which costs a tenth of a normal one; what leaves 0 to 1 is cut off. */
  noise(random: Random, deviation: number): void {
    const { pixels } = this;
    const range = deviation * Math.sqrt(12);
    for (let i = 0; i < pixels.length; i++)
      pixels[i] = Math.min(1, Math.max(0, pixels[i]! + range * (random.uniform() - 0.5)));
  }

  /** Every pixel with its place from 0 to 1 along a direction. */
  private each(visit: (at: number, along: number) => void, angle: number): void {
    const { size } = this;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const reach = Math.abs(dx) + Math.abs(dy);
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const [x, y] = [(column + 0.5) / size - 0.5, (row + 0.5) / size - 0.5];
        visit(3 * (row * size + column), 0.5 + (dx * x + dy * y) / reach);
      }
  }
}

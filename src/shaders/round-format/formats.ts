/** Narrow formats by their definition, in double precision: the grid of each binade, and the nearest point on it. */

export interface Format {
  /** Bits of the mantissa without the implicit one. */
  readonly mantissa: number;
  /** Exponent of the least normal number. */
  readonly least: number;
  /** The largest finite number. */
  readonly largest: number;
}

export const formats = {
  fp16: { mantissa: 10, least: -14, largest: 65504 },
  bf16: { mantissa: 7, least: -126, largest: (2 - 2 ** -7) * 2 ** 127 },
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;

/** The exponent of the binade of |x| > 0, exactly. */
export function exponentOf(x: number): number {
  let e = Math.floor(Math.log2(Math.abs(x)));
  if (2 ** e > Math.abs(x)) e--;
  if (2 ** (e + 1) <= Math.abs(x)) e++;
  return e;
}

/** The number of the format nearest to x, ties to even; ±Infinity from half a step past the largest. */
export function roundTo(x: number, { mantissa, least, largest }: Format, flush = false): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const step = 2 ** (Math.max(exponentOf(x), least) - mantissa);
  const steps = x / step;
  const below = Math.floor(steps);
  const rest = steps - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const y = (below + (up ? 1 : 0)) * step;
  if (Math.abs(y) > largest) return Math.sign(x) * Infinity;
  return y === 0 || (flush && Math.abs(y) < 2 ** least) ? Math.sign(x) * 0 : y;
}

/**
 * How far a product is from float64: in norm, in units in the last place, and how its elements' relative errors are
 * spread over powers of two.
 */
import { NO_NUMBER } from '@/shaders/draw-heatmap/paint';

export interface Errors {
  /** ‖c − ref‖ / ‖ref‖ over the elements that are numbers. */
  readonly relError: number;
  readonly maxAbsError: number;
  /** In ulps of the storage, at the reference. */
  readonly maxUlp: number;
  readonly meanUlp: number;
  /** Elements that came out infinite or NaN. */
  readonly overflowed: number;
  /** Elements equal to the reference to the last bit of float64. */
  readonly exact: number;
  readonly elements: number;
  /** Elements by ⌊log₂ |c − ref|/|ref|⌋, from `FIRST_BIN` on; the ends take what lies beyond. */
  readonly counts: readonly number[];
}

export const FIRST_BIN = -36;
export const BINS = 44;
/** Ends of the bins, in log₂. */
export const binEdges: readonly number[] = Array.from({ length: BINS + 1 }, (_, i) => FIRST_BIN + i);

const format = { f16: { digits: 10, least: -14 }, f32: { digits: 23, least: -126 } } as const;

/** Distance between neighbouring numbers of the storage around x: 2^(e − 10) or 2^(e − 23), subnormals included. */
export function ulpAt(x: number, storage: 'f32' | 'f16'): number {
  const { digits, least } = format[storage];
  const exponent = x === 0 ? least : Math.max(least, exponentOf(Math.abs(x)));
  return 2 ** (exponent - digits);
}

/** ⌊log₂ x⌋ for x > 0: log2 itself may round up to the next whole number. */
export function exponentOf(x: number): number {
  const guess = Math.floor(Math.log2(x));
  return 2 ** guess > x ? guess - 1 : guess;
}

export function errorsOf(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  storage: 'f32' | 'f16',
): Errors {
  const counts = Array<number>(BINS).fill(0);
  let [wrong, norm, maxAbsError, maxUlp, ulps, overflowed, exact] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < expected.length; i++) {
    const ref = expected[i]!;
    const c = found[i]!;
    if (!Number.isFinite(c)) {
      overflowed++;
      continue;
    }
    const error = Math.abs(c - ref);
    wrong += error * error;
    norm += ref * ref;
    const inUlps = error / ulpAt(ref, storage);
    ulps += inUlps;
    if (error > maxAbsError) maxAbsError = error;
    if (inUlps > maxUlp) maxUlp = inUlps;
    if (error === 0) exact++;
    else counts[binOf(ref === 0 ? Infinity : error / Math.abs(ref))]!++;
  }
  const numbers = expected.length - overflowed;
  return {
    relError: Math.sqrt(wrong / (norm === 0 ? 1 : norm)),
    ...{ maxAbsError, maxUlp, meanUlp: numbers === 0 ? 0 : ulps / numbers },
    ...{ overflowed, exact, elements: expected.length, counts },
  };
}

const binOf = (relative: number): number =>
  relative === Infinity ? BINS - 1 : Math.min(BINS - 1, Math.max(0, exponentOf(relative) - FIRST_BIN));

/** |c − ref| for the picture; what is no number is marked as the painter knows it. */
export const absoluteErrors = (
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: expected.length }, (_, i) => {
    const error = Math.abs(found[i]! - expected[i]!);
    return Number.isFinite(error) ? error : NO_NUMBER;
  });

/** The colours' ends: from the error that all but one in fifty exceed to the largest. */
export function rangeOf(errors: Float32Array): { readonly low: number; readonly high: number } {
  const positive = errors.filter((e) => e > 0 && e < NO_NUMBER).sort();
  const high = positive.at(-1) ?? 1;
  const low = positive[Math.floor(positive.length / 50)] ?? high / 2;
  return { low: low < high ? low : high / 2, high };
}

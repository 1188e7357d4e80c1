/** What `statistics` counts, and where. */
import type { Specs } from '@/lib/tensor';
import { given, givenLike } from '@/shaders/lib/flat';

export const counters = [
  'values',
  'zeros',
  /** 0 < |x| < 2⁻²⁴, the least of binary16. */
  'underflow',
  /** 2⁻²⁴ ≤ |x| < 2⁻¹⁴: kept with fewer bits. */
  'subnormal',
  /** 65504 < |x| < ∞. */
  'overflow',
  'notFinite',
  /** 0 < |x| ≤ 2⁻²⁵. */
  'roundsToZero',
  /** 65520 ≤ |x| < ∞. */
  'roundsToInfinity',
] as const;
export type Counter = (typeof counters)[number];

/** Bins of ⌊log₂|x|⌋: the first holds −44 and all below, the last 19 and all above. */
export const LOWEST = -44;
export const BINS = 64;
export const COUNTS = counters.length + BINS;

export function countsSpec(inputs: Specs) {
  given(inputs, 'x');
  return { counts: givenLike(inputs, 'counts', 'the counters', [COUNTS]) };
}

/** Adds the counts of `x` to `counts`. */
export function countInto(counts: { [place: number]: number }, x: ArrayLike<number>): void {
  const add = (counter: Counter) => counts[counters.indexOf(counter)]!++;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]!);
    add('values');
    if (size === 0) add('zeros');
    else if (!Number.isFinite(size)) add('notFinite');
    else {
      if (size < 2 ** -24) add('underflow');
      else if (size < 2 ** -14) add('subnormal');
      if (size > 65504) add('overflow');
      if (size <= 2 ** -25) add('roundsToZero');
      if (size >= 65520) add('roundsToInfinity');
      const bin = Math.min(Math.max(exponent(size) - LOWEST, 0), BINS - 1);
      counts[counters.length + bin]!++;
    }
  }
}

/** ⌊log₂ size⌋, exactly: logarithms may be off by one just below a power of two. */
function exponent(size: number): number {
  const e = Math.round(Math.log2(size));
  return size < 2 ** e ? e - 1 : e;
}

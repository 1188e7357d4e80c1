/**
 * Sums in binary16 as the kernel defines them, on the CPU: s ← half(s + half(a·b)), k ascending, whole or in chunks of
 * 32 whose sums go into f32. It tells what the prescribed arithmetic alone does to an element: the additions that left
 * the sum as it was, and the error that a check has to allow.
 */
import { sampleRows } from '@/gpu/rows';
import { fromHalf, toHalf } from '@/lib/half';
import { sizeOf, tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { CHUNK, type MatmulAttrs } from '@/shaders/matmul/dims';
import type { Matrices } from './inputs';

const table = Float64Array.from({ length: 65536 }, (_, bits) => fromHalf(bits));
/** To the nearest half, ties to even. */
export const roundToHalf = (x: number): number => table[toHalf(x)]!;

/** One row of A with one column of B. */
interface Terms {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  /** First term, step and number: a[at + k], b[from + k·step]. */
  readonly at: number;
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

interface HalfSum {
  readonly sum: number;
  /** Additions of a product other than zero that left the sum as it was. */
  readonly lost: number;
  /** Products other than zero. */
  readonly added: number;
}

/** `fused`: product and sum are rounded once, as an adapter's own f16 may. */
export function halfSum(
  { a, b, at, from, step, count }: Terms,
  accumulate: MatmulAttrs['accumulate'],
  fused = false,
): HalfSum {
  const chunk = accumulate === 'chunked' ? CHUNK : count;
  let [total, sum, lost, added] = [0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const product = a[at + k]! * b[from + k * step]!;
    const next = roundToHalf(sum + (fused ? product : roundToHalf(product)));
    if (product !== 0) {
      added++;
      if (next === sum) lost++;
    }
    sum = next;
    if ((k + 1) % chunk === 0 || k + 1 === count) {
      total = Math.fround(total + sum);
      sum = 0;
    }
  }
  return { sum: roundToHalf(total), lost, added };
}

export interface Probe {
  /** Share of additions that left an f16 sum as it was, though their product is not zero. */
  readonly lost: number;
  /** ‖|A||B|‖ / ‖AB‖: by how much the sums cancel. */
  readonly condition: number;
  /** ‖half sums − AB‖ / ‖AB‖, of the better and the worse rounding of products. */
  readonly error: number;
}

/** Products that a probe may multiply: a few tenths of a second. */
const PRODUCTS = 1 << 21;
const MOST_ELEMENTS = 1024;
/** The page answers in between. */
const SLICE_MS = 12;

/** Elements drawn evenly over C, each summed in float64 and in halves. */
export async function probe(
  { a, b }: Matrices,
  accumulate: MatmulAttrs['accumulate'],
  signal: AbortSignal,
): Promise<Probe> {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const [left, right] = [valuesOf(a), valuesOf(b)];
  const count = Math.min(MOST_ELEMENTS, m * n, Math.max(16, Math.floor(PRODUCTS / k)));
  let [lost, added, absolute, norm, separate, fused] = [0, 0, 0, 0, 0, 0];
  let last = performance.now();
  for (const element of sampleRows(m * n, count)) {
    const column = element % n;
    const terms: Terms = {
      a: left,
      b: right,
      at: Math.floor(element / n) * k,
      from: column,
      step: n,
      count: k,
    };
    let [exact, magnitude] = [0, 0];
    for (let i = 0; i < k; i++) {
      const product = left[terms.at + i]! * right[column + i * n]!;
      exact += product;
      magnitude += Math.abs(product);
    }
    absolute += magnitude ** 2;
    norm += exact ** 2;
    const sums = halfSum(terms, accumulate === 'f32' ? 'f16' : accumulate);
    lost += sums.lost;
    added += sums.added;
    if (accumulate !== 'f32') {
      separate += (sums.sum - exact) ** 2;
      fused += (halfSum(terms, accumulate, true).sum - exact) ** 2;
    }
    if (performance.now() - last > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      last = performance.now();
    }
  }
  const scale = norm === 0 ? 1 : norm;
  return {
    lost: added === 0 ? 0 : lost / added,
    condition: Math.max(1, Math.sqrt(absolute / scale)),
    error: Math.sqrt(Math.max(separate, fused) / scale),
  };
}

/** The whole C by half sums, for where there is no GPU. */
export async function multiplyHalves(
  { a, b }: Matrices,
  accumulate: 'f16' | 'chunked',
  signal: AbortSignal,
): Promise<HostTensor> {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const [left, right] = [valuesOf(a), valuesOf(b)];
  const c = new Float32Array(sizeOf([m, n]));
  let last = performance.now();
  for (let i = 0; i < c.length; i++) {
    const terms = { a: left, b: right, at: Math.floor(i / n) * k, from: i % n, step: n, count: k };
    c[i] = halfSum(terms, accumulate).sum;
    if (performance.now() - last > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      last = performance.now();
    }
  }
  return tensor('f16', [m, n], c);
}

/** Unit roundoff of the storage. */
export const UNIT = { f16: 2 ** -11, f32: 2 ** -24 } as const;

/**
 * What a check allows of ‖c − ref‖/‖ref‖. Sums in f32: 1e-5 where the sums do not cancel, and by as much more as
 * ‖|A||B|‖/‖AB‖ exceeds that of random numbers, √k. Halves add the rounding of C, and sums of halves half as much
 * again as the arithmetic itself loses, emulated on some elements, yet never so much that a C of zeros would do where
 * the sums are good for anything.
 */
export const toleranceOf = (
  storage: 'f32' | 'f16',
  accumulate: MatmulAttrs['accumulate'],
  k: number,
  { condition, error }: Probe,
): number =>
  1e-5 * Math.max(1, condition / Math.sqrt(k)) +
  (storage === 'f16' ? UNIT.f16 : 0) +
  (accumulate === 'f32' ? 0 : error < 1 ? Math.min(1.5 * error, (1 + error) / 2) : 1.5 * error);

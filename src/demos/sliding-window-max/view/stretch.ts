/** The samples that a drawing step by step shows: all of a short series, a part of a long one, of an image a row. */
import { valuesOf } from '@/lib/tensor';
import type { Shown } from '../session';

/** Wider windows and longer parts can't be told apart on a page. */
export const MOST_K = 24;
const MOST_SHOWN = 48;

export interface Stretch {
  /** Place of the first sample among all. */
  readonly from: number;
  readonly values: readonly number[];
  /** Row of an image, or nothing. */
  readonly row: number | null;
  /** Samples of the series or the row. */
  readonly total: number;
}

export function stretchAt({ x }: Pick<Shown, 'x'>, asked: number): Stretch {
  const width = x.shape.at(-1) ?? 0;
  const row = x.shape.length === 2 ? Math.floor(x.shape[0]! / 2) : null;
  const start = row === null ? 0 : row * width;
  const count = Math.min(width, MOST_SHOWN);
  const from = start + Math.min(Math.max(0, asked), width - count);
  return { from, values: [...valuesOf(x).subarray(from, from + count)], row, total: width };
}

/**
 * The monotonic deque on one CPU core: indices whose values decrease from front to back. A new value throws out the
 * smaller ones behind it, the front leaves when it is k old, and is the maximum: O(n) steps, O(k) memory. The deque
 * is a ring in typed arrays that holds values beside positions, so that no comparison looks into x again.
 */
import type { Baseline } from '@/gpu/kernel';
import { dims, type WindowAttrs } from './dims';

type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Columns of an image worked on together: a cache line of their values. */
const STRIP = 16;

export const baseline: Baseline<WindowAttrs> = (inputs, attrs, [start, end]) => {
  const { rank, w, kh, kw, outW } = dims({ inputs, attrs });
  const x = inputs.x!.data as Numbers;
  const like = (size: number): Numbers =>
    x instanceof Float32Array ? new Float32Array(size) : new Int32Array(size);
  if (rank === 1) {
    const y = like(end - start);
    deque(like, kw)(x, start, end - start + kw - 1, y, 0);
    return { y };
  }

  // Rows start…end of the result need kh − 1 rows more of the input.
  const rows = end - start + kh - 1;
  const along = like(rows * outW);
  const slideRow = deque(like, kw);
  for (let r = 0; r < rows; r++) slideRow(x, (start + r) * w, w, along, r * outW);

  const y = like((end - start) * outW);
  const slideColumn = deque(like, kh);
  const columns = like(STRIP * rows);
  const maxima = like(end - start);
  for (let c0 = 0; c0 < outW; c0 += STRIP) {
    const strip = Math.min(STRIP, outW - c0);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < strip; c++) columns[c * rows + r] = along[r * outW + c0 + c]!;
    }
    for (let c = 0; c < strip; c++) {
      slideColumn(columns, c * rows, rows, maxima, 0);
      for (let r = 0; r < end - start; r++) y[r * outW + c0 + c] = maxima[r]!;
    }
  }
  return { y };
};

/** Slides a window of k over `count` values from `from`, and writes count − k + 1 maxima at `to`. */
function deque(like: (size: number) => Numbers, k: number) {
  const size = 2 ** Math.ceil(Math.log2(k + 1));
  const mask = size - 1;
  const values = like(size);
  const places = new Int32Array(size);
  return (x: Numbers, from: number, count: number, y: Numbers, to: number): void => {
    let front = 0;
    let back = 0;
    for (let i = 0; i < count; i++) {
      const v = x[from + i]!;
      while (back > front && values[(back - 1) & mask]! <= v) back--;
      values[back & mask] = v;
      places[back & mask] = i;
      back++;
      if (places[front & mask]! <= i - k) front++;
      if (i >= k - 1) y[to + i - k + 1] = values[front & mask]!;
    }
  };
}

/** Counts on one CPU core, of the rows of cells asked for. */
import type { Baseline } from '@/gpu/kernel';
import { scaleOf, type WindowAttrs } from '@/shaders/lib/window';

export const baseline: Baseline<WindowAttrs> = (inputs, attrs, [start, end]) => {
  const x = inputs.x!.data;
  const { width } = attrs;
  const { left, top, across, down } = scaleOf(attrs);
  const counts = new Int32Array((end - start) * width);
  for (let i = 0; i < x.length; i += 2) {
    const row = Math.fround(Math.fround(x[i + 1]! - top) * down);
    if (!(row >= start && row < end)) continue;
    const column = Math.fround(Math.fround(x[i]! - left) * across);
    if (column >= 0 && column < width) counts[(Math.floor(row) - start) * width + Math.floor(column)]!++;
  }
  return { counts };
};

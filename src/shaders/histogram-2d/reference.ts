/** Counts, every point's cell chosen in f32 as the shader chooses it. A row is one row of cells. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { place, scaleOf, type WindowAttrs } from '@/shaders/lib/window';

export const reference: Reference<WindowAttrs> = (inputs, attrs, rows) => {
  const x = toFloat64(inputs.x!);
  const scale = scaleOf(attrs);
  const counts = new Float64Array(rows.length * attrs.width);
  const places = new Map(rows.map((row, at) => [row, at]));
  for (let i = 0; i < x.length; i += 2) {
    const [column, row] = place(scale, x[i]!, x[i + 1]!);
    const at = row >= 0 ? places.get(Math.floor(row)) : undefined;
    if (at !== undefined && column >= 0 && column < attrs.width)
      counts[at * attrs.width + Math.floor(column)]! += 1;
  }
  return { counts };
};

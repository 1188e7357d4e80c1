/** Resizing by its definition in float64; a row is one pixel of y. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { dims, sourceOf, type ResizeAttrs } from './dims';

export const reference: Reference<ResizeAttrs> = (inputs, attrs, rows) => {
  const { C, down, across } = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * C);
  rows.forEach((pixel, r) => {
    const line = Math.floor(pixel / across.to);
    const image = Math.floor(line / down.to);
    const [top, bottom, low] = sourceOf(down, line % down.to);
    const [left, right, far] = sourceOf(across, pixel % across.to);
    const at = (iy: number, ix: number, c: number): number =>
      x[((image * down.from + iy) * across.from + ix) * C + c]!;
    for (let c = 0; c < C; c++) {
      const upper = (1 - far) * at(top, left, c) + far * at(top, right, c);
      const lower = (1 - far) * at(bottom, left, c) + far * at(bottom, right, c);
      y[r * C + c] = attrs.mode === 'nearest' ? at(top, left, c) : (1 - low) * upper + low * lower;
    }
  });
  return { y };
};

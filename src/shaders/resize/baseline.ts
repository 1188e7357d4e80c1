/** Resizing on one CPU core in float32, along the channels; places are found once a pixel. */
import type { Baseline } from '@/gpu/kernel';
import { dims, sourceOf, type ResizeAttrs } from './dims';

export const baseline: Baseline<ResizeAttrs> = (inputs, attrs, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const { C, down, across } = dims({ x: { dtype: 'f32', shape } }, attrs);
  const y = new Float32Array((end - start) * C);
  const columns = Array.from({ length: across.to }, (_, j) => sourceOf(across, j));
  for (let pixel = start, to = 0; pixel < end; pixel++) {
    const line = Math.floor(pixel / across.to);
    const image = Math.floor(line / down.to);
    const [top, bottom, low] = sourceOf(down, line - image * down.to);
    const [left, right, far] = columns[pixel - line * across.to]!;
    const upper = (image * down.from + top) * across.from;
    const lower = (image * down.from + bottom) * across.from;
    const [a, b] = [(upper + left) * C, (upper + right) * C];
    const [p, q] = [(lower + left) * C, (lower + right) * C];
    if (attrs.mode === 'nearest') for (let c = 0; c < C; c++) y[to++] = x[a + c]!;
    else
      for (let c = 0; c < C; c++) {
        const first = x[a + c]! + far * (x[b + c]! - x[a + c]!);
        const second = x[p + c]! + far * (x[q + c]! - x[p + c]!);
        y[to++] = first + low * (second - first);
      }
  }
  return { y };
};

/** Pooling on one CPU core in float32, along the channels, which lie side by side. */
import type { Baseline } from '@/gpu/kernel';
import { seen } from '@/shaders/conv2d/reference';
import { dims, type Pool2dAttrs } from './dims';

export const baseline: Baseline<Pool2dAttrs> = (inputs, attrs, [start, end]) => {
  const { shape, data: x } = inputs.x!;
  const { C, down, across } = dims({ x: { dtype: 'f32', shape } }, attrs);
  const isMax = attrs.op === 'max';
  const y = new Float32Array((end - start) * C).fill(isMax ? -Infinity : 0);
  for (let pixel = start; pixel < end; pixel++) {
    const to = (pixel - start) * C;
    const line = Math.floor(pixel / across.out);
    const image = Math.floor(line / down.out);
    const columns = seen(across, pixel - line * across.out);
    const lines = seen(down, line - image * down.out);
    for (const [, iy] of lines)
      for (const [, ix] of columns) {
        const at = ((image * down.size + iy) * across.size + ix) * C;
        if (isMax) for (let c = 0; c < C; c++) y[to + c] = Math.max(y[to + c]!, x[at + c]!);
        else for (let c = 0; c < C; c++) y[to + c]! += x[at + c]!;
      }
    if (isMax) continue;
    const divisor = attrs.countIncludePad ? down.taps * across.taps : lines.length * columns.length;
    for (let c = 0; c < C; c++) y[to + c]! /= divisor;
  }
  return { y };
};

/** How many particles lie in each cell of a grid over a rectangle of the plane. */
import { defineKernel, u32 } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { clearPass } from '@/shaders/lib/clear';
import { pointCount, scaleOf, windowAttrs, windowParams, type WindowAttrs } from '@/shaders/lib/window';
import code from './count.wgsl?raw';

export const kernel = defineKernel<WindowAttrs>({
  name: 'histogram-2d',
  title: { en: 'Histogram of points in the plane', zh: '平面点的直方图' },
  inputs: { x: { dtypes: ['f32'], shape: '[n, 2]' } },
  outputs: { counts: { shape: '[height, width]' } },
  attrs: windowAttrs,
  infer(inputs, attrs) {
    pointCount(inputs);
    scaleOf(attrs);
    return { counts: { dtype: 'u32', shape: [attrs.height, attrs.width] } };
  },
  rows: ({ attrs }) => attrs.height,
  work: ({ inputs, outputs }) => ({
    flops: 4 * pointCount(inputs),
    bytes: byteLength(inputs.x!) + byteLength(outputs.counts!),
  }),
  variants: {
    atomic: {
      title: { en: 'integer atomics', zh: '整数原子操作' },
      plan({ inputs, attrs }) {
        const n = pointCount(inputs);
        return {
          passes: [
            clearPass('counts', attrs.width * attrs.height),
            {
              shader: { file: 'histogram-2d/count.wgsl', code },
              params: { n: u32(n), ...windowParams(attrs) },
              bindings: [
                { name: 'x', access: 'read', vec: 2 },
                { name: 'counts', access: 'read_write', atomic: true },
              ],
              groups: Math.ceil(n / 64),
              flops: 20 * n,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'atomic',
});

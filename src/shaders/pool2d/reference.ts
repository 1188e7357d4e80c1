/** Pooling by its definition in float64; a row is one pixel of y. The maximum is exact in any precision. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { seen } from '@/shaders/conv2d/reference';
import { dims, type Pool2dAttrs } from './dims';

export const reference: Reference<Pool2dAttrs> = (inputs, attrs, rows) => {
  const { C, down, across } = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const y = new Float64Array(rows.length * C);
  rows.forEach((pixel, r) => {
    const line = Math.floor(pixel / across.out);
    const image = Math.floor(line / down.out);
    const columns = seen(across, pixel % across.out);
    const places = seen(down, line % down.out).flatMap(([, iy]) =>
      columns.map(([, ix]) => ((image * down.size + iy) * across.size + ix) * C),
    );
    const divisor = attrs.countIncludePad ? down.taps * across.taps : places.length;
    for (let c = 0; c < C; c++) {
      const values = places.map((at) => x[at + c]!);
      y[r * C + c] =
        attrs.op === 'max'
          ? values.reduce((high, v) => Math.max(high, v))
          : values.reduce((sum, v) => sum + v, 0) / divisor;
    }
  });
  return { y };
};

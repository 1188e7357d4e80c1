/** dx by its definition in float64: for every pixel of x the pixels of dy that it went into. A row is a pixel of x. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import type { Axis } from '@/shaders/conv2d/dims';
import { dims, type BackwardInputAttrs } from './dims';

/** The pixels of y that a pixel of x goes into along one axis, each with its tap. */
export function reached(
  { out, taps, stride, dilation, before }: Axis,
  at: number,
): [tap: number, pixel: number][] {
  return Array.from({ length: taps }, (_, k): [number, number] => [
    k,
    (at + before - k * dilation) / stride,
  ]).filter(([, pixel]) => Number.isInteger(pixel) && pixel >= 0 && pixel < out);
}

export const reference: Reference<BackwardInputAttrs> = (inputs, attrs, rows) => {
  const { C, Cout, groups, cIn, cOut, down, across } = dims(inputs, attrs);
  const dy = toFloat64(inputs.dy!);
  const w = toFloat64(inputs.w!);
  const taps = down.taps * across.taps;
  const dx = new Float64Array(rows.length * C);
  rows.forEach((pixel, r) => {
    const line = Math.floor(pixel / across.size);
    const image = Math.floor(line / down.size);
    const columns = reached(across, pixel % across.size);
    for (const [ky, y] of reached(down, line % down.size))
      for (const [kx, x] of columns) {
        const at = ((image * down.out + y) * across.out + x) * Cout;
        for (let g = 0; g < groups; g++)
          for (let c = 0; c < cIn; c++) {
            let sum = 0;
            for (let o = g * cOut; o < (g + 1) * cOut; o++)
              sum += dy[at + o]! * w[(o * cIn + c) * taps + ky * across.taps + kx]!;
            dx[r * C + g * cIn + c]! += sum;
          }
      }
  });
  return { dx };
};

/** y by its definition in float64: every product and sum in double precision. A row is one pixel of y. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { unary } from '@/shaders/elementwise/functions';
import { dims, type Axis, type Conv2dAttrs } from './dims';

/** The pixels of x that a pixel of y sees along one axis, each with its tap. */
export function seen(
  { size, taps, stride, dilation, before }: Axis,
  at: number,
): [tap: number, pixel: number][] {
  return Array.from({ length: taps }, (_, k): [number, number] => [
    k,
    at * stride + k * dilation - before,
  ]).filter(([, pixel]) => pixel >= 0 && pixel < size);
}

export const reference: Reference<Conv2dAttrs> = (inputs, attrs, rows) => {
  const { C, Cout, cIn, cOut, down, across } = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const w = toFloat64(inputs.w!);
  const optional = inputs as Readonly<Record<string, HostTensor | undefined>>;
  const bias = optional.bias && toFloat64(optional.bias);
  const residual = optional.residual && toFloat64(optional.residual);
  const act = attrs.activation === 'none' ? undefined : unary[attrs.activation].f;
  const y = new Float64Array(rows.length * Cout);
  rows.forEach((pixel, r) => {
    const line = Math.floor(pixel / across.out);
    const image = Math.floor(line / down.out);
    const columns = seen(across, pixel % across.out);
    const taps = seen(down, line % down.out).flatMap(([ky, iy]) =>
      columns.map(([kx, ix]) => ({
        tap: ky * across.taps + kx,
        at: ((image * down.size + iy) * across.size + ix) * C,
      })),
    );
    for (let o = 0; o < Cout; o++) {
      const first = Math.floor(o / cOut) * cIn;
      let sum = 0;
      for (const { tap, at } of taps)
        for (let c = 0; c < cIn; c++)
          sum += x[at + first + c]! * w[(o * cIn + c) * down.taps * across.taps + tap]!;
      sum += bias?.[o] ?? 0;
      y[r * Cout + o] = (act ? act(sum) : sum) + (residual?.[pixel * Cout + o] ?? 0);
    }
  });
  return { y };
};

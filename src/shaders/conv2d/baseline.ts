/**
 * y on one CPU core in float32. What four pixels see is laid side by side, weights of four channels too, and sixteen
 * sums in registers serve each pair of four loads, as in a matrix product; a channel by itself runs along the channels.
 */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import { multiply, panel } from '@/shaders/matmul/baseline';
import { unary } from '@/shaders/elementwise/functions';
import { dims, type Conv2dAttrs, type Dims } from './dims';
import { seen } from './reference';

type F32 = Float32Array<ArrayBuffer>;
type Data = BaselineInput['data'];

export const baseline: Baseline<Conv2dAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const d = dims(specs, attrs);
  const [x, w] = [inputs.x!.data, inputs.w!.data];
  const y = d.cIn === 1 && d.cOut === 1 ? channels(d, x, w, start, end) : products(d, x, w, start, end);
  const optional = inputs as Readonly<Record<string, BaselineInput | undefined>>;
  const bias = optional.bias?.data;
  const residual = optional.residual?.data;
  const act = attrs.activation === 'none' ? undefined : unary[attrs.activation].f;
  if (bias || act || residual) {
    for (let i = 0; i < y.length; i++) {
      const sum = y[i]! + (bias?.[i % d.Cout] ?? 0);
      y[i] = (act ? act(sum) : sum) + (residual?.[start * d.Cout + i] ?? 0);
    }
  }
  return { y };
};

/** Taps of a pixel of y that lie inside x: the tap's number, and where its channels begin. */
function tapsOf({ C, down, across }: Dims, pixel: number): { tap: number; at: number }[] {
  const line = Math.floor(pixel / across.out);
  const image = Math.floor(line / down.out);
  const columns = seen(across, pixel - line * across.out);
  return seen(down, line - image * down.out).flatMap(([ky, iy]) =>
    columns.map(([kx, ix]) => ({
      tap: ky * across.taps + kx,
      at: ((image * down.size + iy) * across.size + ix) * C,
    })),
  );
}

function products(d: Dims, x: Data, w: Data, start: number, end: number): F32 {
  const { Cout, groups, cIn, cOut, down, across } = d;
  const taps = down.taps * across.taps;
  const K = cIn * taps;
  const quads = Math.ceil(cOut / 4);
  const right = new Float32Array(groups * quads * 4 * K);
  for (let g = 0; g < groups; g++)
    for (let q = 0; q < quads; q++)
      panel(w, (g * cOut + 4 * q) * K, K, 1, K, Math.min(4, cOut - 4 * q), right, (g * quads + q) * 4 * K);
  const left = new Float32Array(4 * K);
  const sums = new Float32Array(16);
  const y = new Float32Array((end - start) * Cout);
  for (let pixel = start; pixel < end; pixel += 4) {
    const count = Math.min(4, end - pixel);
    const four = Array.from({ length: count }, (_, i) => tapsOf(d, pixel + i));
    for (let g = 0; g < groups; g++) {
      left.fill(0);
      four.forEach((found, i) => {
        for (const { tap, at } of found)
          for (let c = 0, to = 4 * tap + i; c < cIn; c++, to += 4 * taps) left[to] = x[at + g * cIn + c]!;
      });
      for (let q = 0; q < quads; q++) {
        multiply(left, right, (g * quads + q) * 4 * K, K, sums);
        for (let i = 0; i < count; i++)
          for (let j = 0; j < Math.min(4, cOut - 4 * q); j++)
            y[(pixel - start + i) * Cout + g * cOut + 4 * q + j] = sums[4 * i + j]!;
      }
    }
  }
  return y;
}

function channels(d: Dims, x: Data, w: Data, start: number, end: number): F32 {
  const { C, down, across } = d;
  const taps = down.taps * across.taps;
  const turned = new Float32Array(taps * C);
  for (let c = 0; c < C; c++) for (let tap = 0; tap < taps; tap++) turned[tap * C + c] = w[c * taps + tap]!;
  const y = new Float32Array((end - start) * C);
  for (let pixel = start; pixel < end; pixel++) {
    const to = (pixel - start) * C;
    for (const { tap, at } of tapsOf(d, pixel))
      for (let c = 0, j = tap * C; c < C; c++, j++) y[to + c]! += x[at + c]! * turned[j]!;
  }
  return y;
}

/** The same picture on one core: four sums at once, one row of q kept at hand; pixels as the bits of an i32. */
import type { Baseline } from '@/gpu/kernel';
import { keyRange } from '../attention/dims';
import { blank, patternDims, SPAN, type DrawAttrs } from './kernel';
import { colourOf } from './reference';

export const baseline: Baseline<DrawAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const d = patternDims({ inputs: specs, attrs });
  const { H, Hkv, S, T, D, scale } = d;
  const { head, x, y, zoom, width, height, dark } = attrs;
  const [q, k, lse] = [inputs.q!.data, inputs.k!.data, inputs.lse!.data];
  const mask = (inputs as Readonly<Record<string, { data: ArrayLike<number> } | undefined>>).mask?.data;
  const keys = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T;
  const place = (middle: number, pixel: number, pixels: number, size: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor((middle + ((pixel + 0.5) / pixels - 0.5) / zoom) * size)));
  const pixels = new Int32Array((end - start) * width);
  for (let row = start; row < end; row++) {
    const s = place(y, row, height, S);
    const [first, last] = keyRange(d, s);
    const from = (head * S + s) * D;
    const shift = Math.log2(T) - lse[head * S + s]! * Math.LOG2E;
    for (let column = 0; column < width; column++) {
      const t = place(x, column, width, T);
      const to = (row - start) * width + column;
      if (t < first || t >= last || (mask && mask[s * T + t] === 0)) {
        pixels[to] = blank(dark) | 0;
        continue;
      }
      const at = (keys + t) * D;
      let [a, b, c, e] = [0, 0, 0, 0];
      for (let i = 0; i < D; i += 4) {
        a += q[from + i]! * k[at + i]!;
        b += q[from + i + 1]! * k[at + i + 1]!;
        c += q[from + i + 2]! * k[at + i + 2]!;
        e += q[from + i + 3]! * k[at + i + 3]!;
      }
      const surplus = (a + b + c + e) * scale * Math.LOG2E + shift;
      pixels[to] = colourOf(surplus / (2 * SPAN) + 0.5) | 0;
    }
  }
  return { pixels };
};

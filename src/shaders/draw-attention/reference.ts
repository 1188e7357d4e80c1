/** Each pixel's entry of the pattern in float64, coloured and rounded once at the end. A row is a row of pixels. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { keyRange } from '../attention/dims';
import { blank, patternDims, SPAN, type DrawAttrs } from './kernel';

const viridis = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
] as const;

/** Bytes red, green, blue, alpha from the lowest, as one number. */
export function colourOf(t: number): number {
  const at = Math.min(1, Math.max(0, t)) * 8;
  const i = Math.min(7, Math.floor(at));
  const [low, high] = [viridis[i]!, viridis[i + 1]!];
  const byte = (c: 0 | 1 | 2): number => Math.floor(low[c] + (high[c] - low[c]) * (at - i) + 0.5);
  return byte(0) + byte(1) * 2 ** 8 + byte(2) * 2 ** 16 + 255 * 2 ** 24;
}

export const reference: Reference<DrawAttrs> = (inputs, attrs, rows) => {
  const d = patternDims({ inputs, attrs });
  const { H, Hkv, S, T, D, scale } = d;
  const { head, x, y, zoom, width, height, dark } = attrs;
  const [q, k, lse] = [inputs.q!, inputs.k!, inputs.lse!].map(toFloat64) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { mask } = inputs as Readonly<Record<string, HostTensor | undefined>>;
  const keys = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T;
  const place = (middle: number, pixel: number, pixels: number, size: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor((middle + ((pixel + 0.5) / pixels - 0.5) / zoom) * size)));
  const pixels = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    const s = place(y, row, height, S);
    const [first, last] = keyRange(d, s);
    for (let column = 0; column < width; column++) {
      const t = place(x, column, width, T);
      if (t < first || t >= last || (mask && mask.data[s * T + t] === 0)) {
        pixels[i * width + column] = blank(dark);
        continue;
      }
      let dot = 0;
      for (let c = 0; c < D; c++) dot += q[(head * S + s) * D + c]! * k[(keys + t) * D + c]!;
      const surplus = (dot * scale - lse[head * S + s]!) * Math.LOG2E + Math.log2(T);
      pixels[i * width + column] = colourOf(surplus / (2 * SPAN) + 0.5);
    }
  });
  return { pixels };
};

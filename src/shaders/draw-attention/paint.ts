/** What the kernel, its reference and its baseline agree on: attributes, sizes, colours, the camera. */
import { LabError } from '@/lib/errors';
import type { Specs } from '@/lib/tensor';
import { dims, type AttentionAttrs, type Dims } from '../attention/dims';

export interface DrawAttrs extends AttentionAttrs {
  readonly batch: number;
  readonly head: number;
  /** Key and query at the image's upper left corner. */
  readonly x0: number;
  readonly y0: number;
  /** Pixels per cell. */
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  /** A probability p has the colour of p^gamma. */
  readonly gamma: number;
}

export function drawDims({ inputs, attrs }: { readonly inputs: Specs; readonly attrs: DrawAttrs }): Dims {
  const d = dims({ inputs: { ...inputs, v: inputs.k! }, attrs });
  const below = (name: 'batch' | 'head', size: number) => {
    if (attrs[name] >= size)
      throw new LabError('attr.value', { name, got: attrs[name], allowed: `0 … ${size - 1}` });
  };
  below('batch', d.B);
  below('head', d.H);
  const lse = inputs.lse?.shape.join(', ') ?? '';
  if (lse !== [d.B, d.H, d.S].join(', '))
    throw new LabError('input.shape', { name: 'lse', got: lse, allowed: `[${d.B}, ${d.H}, ${d.S}]` });
  return d;
}

/** Samples per axis of a pixel, a power of 2: enough for every cell up to four. */
export const samplesOf = ({ zoom }: DrawAttrs): number => (zoom >= 1 ? 1 : zoom >= 0.5 ? 2 : 4);

const pack = (r: number, g: number, b: number): number => (r | (g << 8) | (b << 16) | (255 << 24)) >>> 0;

/** Beyond the matrix, and pairs that may not be seen: greys, which viridis has not. */
export const neutrals = (dark: boolean): { readonly outside: number; readonly masked: number } =>
  dark
    ? { outside: pack(24, 24, 27), masked: pack(63, 63, 70) }
    : { outside: pack(255, 255, 255), masked: pack(212, 212, 216) };

const fit = [
  [
    0.2777273272234177, 0.1050930431085774, -0.3308618287255563, -4.634230498983486, 6.228269936347081,
    4.776384997670288, -5.435455855934631,
  ],
  [
    0.005407344544966578, 1.404613529898575, 0.214847559468213, -5.799100973351585, 14.17993336680509,
    -13.74514537774601, 4.645852612178535,
  ],
  [
    0.3340998053353061, 1.384590162594685, 0.09509516302823659, -19.33244095627987, 56.69055260068105,
    -65.35303263337234, 26.3124352495832,
  ],
] as const;

/** viridis of t in [0, 1], packed; the polynomial of lib/colormap.wgsl. */
export function viridis(t: number): number {
  const [r, g, b] = fit.map((c) => {
    const value = c.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
    return Math.floor(Math.min(1, Math.max(0, value)) * 255 + 0.5);
  });
  return pack(r!, g!, b!);
}

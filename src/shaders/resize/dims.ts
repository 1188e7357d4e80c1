/**
 * Where the pixels of a resized image come from. Output pixel i of n lies at (i + ½)·m/n − ½ of m input pixels
 * (half-pixel centres, PyTorch's align_corners = false), or with `alignCorners` at i·(m − 1)/(n − 1). Positions are
 * fractions of whole numbers and rounded down by whole numbers, so that every adapter takes the same pixels.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import { pair } from '@/shaders/conv2d/dims';
import { given, wrongShape } from '@/shaders/lib/flat';

export interface ResizeAttrs {
  /** Pixels of y: one number, or [down, across]. */
  readonly size: number | readonly number[];
  /** `nearest` is PyTorch's nearest-exact. Neither averages over what it leaves out when an image shrinks. */
  readonly mode: 'nearest' | 'bilinear';
  readonly alignCorners: boolean;
}

export const resizeAttrs: Readonly<Record<keyof ResizeAttrs, Attribute>> = {
  size: { kind: 'numbers', default: [224, 224], lengths: [2], min: 1 },
  mode: { kind: 'choice', default: 'bilinear', options: ['nearest', 'bilinear'] },
  alignCorners: { kind: 'boolean', default: false },
};

/** Input pixel (i·multiply + add)/divide, rounded down; the remainder is the next one's share. */
export interface ResizeAxis {
  readonly from: number;
  readonly to: number;
  readonly multiply: number;
  readonly add: number;
  readonly divide: number;
}

export interface ResizeDims {
  readonly x: TensorSpec;
  readonly N: number;
  readonly C: number;
  readonly down: ResizeAxis;
  readonly across: ResizeAxis;
}

/** 2·m·n has to stay an i32. */
const LARGEST = 16384;

export function dims(inputs: Specs, { size, mode, alignCorners }: ResizeAttrs): ResizeDims {
  const x = given(inputs, 'x');
  if (x.shape.length !== 4 || Math.max(x.shape[1]!, x.shape[2]!) > LARGEST)
    throw wrongShape('x', x.shape, {
      en: `[N, H, W, C] with H and W up to ${LARGEST}`,
      zh: `[N, H, W, C]，H 和 W 不超过 ${LARGEST}`,
    });
  const [N, H, W, C] = x.shape as [number, number, number, number];
  const [h, w] = pair('size', size);
  if (Math.max(h, w) > LARGEST)
    throw new LabError('attr.value', {
      name: 'size',
      got: JSON.stringify(size),
      allowed: `up to ${LARGEST}`,
    });
  const axis = (from: number, to: number): ResizeAxis => {
    const nearest = mode === 'nearest';
    if (!alignCorners)
      return { from, to, multiply: 2 * from, add: nearest ? from : from - to, divide: 2 * to };
    const gaps = Math.max(to - 1, 1);
    return { from, to, multiply: 2 * (from - 1), add: nearest ? gaps : 0, divide: 2 * gaps };
  };
  return { x, N, C, down: axis(H, h), across: axis(W, w) };
}

export const outputShape = ({ N, C, down, across }: ResizeDims): number[] => [N, down.to, across.to, C];

/** The two input pixels of an output pixel, and the second one's share. */
export function sourceOf({ from, multiply, add, divide }: ResizeAxis, i: number): [number, number, number] {
  const place = Math.max(i * multiply + add, 0);
  const first = Math.min(Math.floor(place / divide), from - 1);
  return [first, Math.min(first + 1, from - 1), (place - first * divide) / divide];
}

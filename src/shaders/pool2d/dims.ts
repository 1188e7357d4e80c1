/**
 * What a pooling is, read off its tensor and attributes. y[n, i, j, c] is the maximum, or the sum over a divisor, of
 * x[n, i·s + ky − top, j·s + kx − left, c] over those taps ky, kx that lie inside x.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import { axesOf, pair, type Axis, type WindowAttrs } from '@/shaders/conv2d/dims';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';

export interface Pool2dAttrs {
  readonly op: 'max' | 'average';
  /** Pixels: one number, or [down, across]. */
  readonly window: number | readonly number[];
  /** Pixels of x from one window to the next; null: as many as the window has, so that windows do not overlap. */
  readonly stride: number | readonly number[] | null;
  /**
   * [top, left, bottom, right], one number for all sides, or TensorFlow's `same`. A ceiling in place of the floor in the
   * number of windows (`ceil_mode`) is padding at the bottom and right.
   */
  readonly padding: WindowAttrs['padding'];
  /** An average divides by the whole window and not by its pixels inside x (PyTorch's default; TensorFlow has false). */
  readonly countIncludePad: boolean;
}

export const poolAttrs: Readonly<Record<keyof Pool2dAttrs, Attribute>> = {
  op: { kind: 'choice', default: 'max', options: ['max', 'average'] },
  window: { kind: 'numbers', default: [2, 2], lengths: [2], min: 1 },
  stride: { kind: 'numbers', default: null, lengths: [2], min: 1 },
  padding: { kind: 'numbers', default: [0, 0, 0, 0], lengths: [4], min: 0, words: ['same'] },
  countIncludePad: { kind: 'boolean', default: false },
};

export interface PoolDims {
  readonly x: TensorSpec;
  readonly N: number;
  readonly C: number;
  readonly down: Axis;
  readonly across: Axis;
}

/** Throws `input.shape`, `attr.value` for an image and a window that do not go together. */
export const dims = (inputs: Specs, attrs: Pool2dAttrs): PoolDims => dimsOf(given(inputs, 'x'), attrs);

export function dimsOf(x: TensorSpec, { window, stride, padding }: Omit<Pool2dAttrs, 'op'>): PoolDims {
  if (x.shape.length !== 4)
    throw wrongShape('x', x.shape, {
      en: '[N, H, W, C] with no size 0',
      zh: '[N, H, W, C]，不能有长度为 0 的轴',
    });
  const [N, H, W, C] = x.shape as [number, number, number, number];
  const taps = pair('window', window);
  const [down, across] = axesOf(
    [H, W],
    [taps[0], taps[1]],
    { stride: stride ?? taps, dilation: 1, padding },
    (padded) =>
      new LabError('attr.value', {
        name: 'window',
        got: JSON.stringify(window),
        allowed: {
          en: `up to ${padded}, as x ${shapeText(x.shape)} padded`,
          zh: `不超过 ${padded}，即填充后的 x ${shapeText(x.shape)}`,
        },
      }),
  );
  const sides = typeof padding === 'number' ? [padding, padding, padding, padding] : padding;
  if (sides !== 'same' && sides.some((side, i) => side >= taps[i % 2]!))
    throw new LabError('attr.value', {
      name: 'padding',
      got: JSON.stringify(padding),
      allowed: {
        en: `less than the window ${taps.join(' × ')}, so that every window sees a pixel`,
        zh: `小于窗口 ${taps.join(' × ')}，使每个窗口至少含一个像素`,
      },
    });
  return { x, N, C, down, across };
}

export const outputShape = ({ N, C, down, across }: PoolDims): number[] => [N, down.out, across.out, C];

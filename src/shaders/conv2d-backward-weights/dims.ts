/** The convolution whose gradients these are, read off x, dy and the size of the window. */
import type { Attribute } from '@/gpu/kernel';
import type { Specs, TensorSpec } from '@/lib/tensor';
import {
  outputShape,
  pair,
  windowAttrs,
  windowDims,
  type Dims,
  type WindowAttrs,
} from '@/shaders/conv2d/dims';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';

export interface BackwardWeightsAttrs extends WindowAttrs {
  /** [kh, kw] of w, one number for a square. */
  readonly taps: number | readonly number[] | null;
}

export const backwardWeightsAttrs: Readonly<Record<keyof BackwardWeightsAttrs, Attribute>> = {
  ...windowAttrs,
  taps: { kind: 'numbers', default: null, lengths: [2], min: 1 },
};

/** Throws what the convolution itself would, and `input.shape` for a dy that it does not give. */
export function dims(inputs: Specs, attrs: BackwardWeightsAttrs): Dims {
  const x = given(inputs, 'x');
  const dy = given(inputs, 'dy');
  if (dy.shape.length !== 4)
    throw wrongShape('dy', dy.shape, {
      en: "[N, H', W', Cout] with no size 0",
      zh: "[N, H', W', Cout]，不能有长度为 0 的轴",
    });
  const taps = pair('taps', attrs.taps ?? []);
  const w: TensorSpec = {
    dtype: dy.dtype,
    shape: [dy.shape[3]!, (x.shape[3] ?? 1) / attrs.groups, ...taps],
  };
  const d = windowDims(x, w, attrs);
  const shape = outputShape(d);
  if (shape.join() !== dy.shape.join())
    throw wrongShape('dy', dy.shape, {
      en: `${shapeText(shape)}, as a window ${shapeText(taps)} makes of x ${shapeText(x.shape)}`,
      zh: `${shapeText(shape)}，即窗口 ${shapeText(taps)} 作用于 x ${shapeText(x.shape)} 的结果`,
    });
  return d;
}

export const weightShape = ({ Cout, cIn, down, across }: Dims): number[] => [
  Cout,
  cIn,
  down.taps,
  across.taps,
];

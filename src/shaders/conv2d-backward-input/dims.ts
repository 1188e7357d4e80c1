/** The convolution whose gradient this is, read off dy, w and the size that x had. */
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

export interface BackwardInputAttrs extends WindowAttrs {
  /** [H, W] of x, one number for a square. */
  readonly size: number | readonly number[] | null;
}

export const backwardInputAttrs: Readonly<Record<keyof BackwardInputAttrs, Attribute>> = {
  ...windowAttrs,
  size: { kind: 'numbers', default: null, lengths: [2], min: 1 },
};

/** Throws what the convolution itself would, and `input.shape` for a dy that it does not give. */
export function dims(inputs: Specs, attrs: BackwardInputAttrs): Dims {
  const dy = given(inputs, 'dy');
  const w = given(inputs, 'w');
  if (dy.shape.length !== 4) throw wrongShape('dy', dy.shape, "[N, H', W', Cout] with no size 0");
  const size = pair('size', attrs.size ?? []);
  const x: TensorSpec = {
    dtype: dy.dtype,
    shape: [dy.shape[0]!, ...size, (w.shape[1] ?? 1) * attrs.groups],
  };
  const d = windowDims(x, w, attrs);
  const shape = outputShape(d);
  if (shape.join() !== dy.shape.join())
    throw wrongShape(
      'dy',
      dy.shape,
      `${shapeText(shape)}, as w ${shapeText(w.shape)} makes of size ${shapeText(size)}`,
    );
  return d;
}

export const inputShape = ({ N, C, down, across }: Dims): number[] => [N, down.size, across.size, C];

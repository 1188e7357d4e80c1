/**
 * What a separable convolution is, read off its tensors: t[n, i, j, c] = act₁(Σ x[n, i·s + ky − top, j·s + kx − left, c]·
 * depthwise[c, 0, ky, kx] + depthwiseBias[c]), y[n, i, j, o] = act₂(Σ_c t[n, i, j, c]·pointwise[o, c] + bias[o]) + residual.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import {
  dims as convolutionDims,
  windowAttrs,
  type Conv2dAttrs,
  type Conv2dDims,
  type WindowAttrs,
} from '@/shaders/conv2d/dims';
import { activationAttr, type Activation } from '@/shaders/lib/activation';
import { given, givenLike, shapeText, wrongShape } from '@/shaders/lib/flat';
import { checkResidual, hasResidual } from '@/shaders/lib/residual';

export interface SeparableAttrs extends Omit<WindowAttrs, 'groups'> {
  /** Between the two. */
  readonly depthwiseActivation: Activation;
  /** After the second's bias and before the residual. */
  readonly activation: Activation;
}

const { stride, dilation, padding } = windowAttrs;
export const separableAttrs: Readonly<Record<keyof SeparableAttrs, Attribute>> = {
  ...{ stride, dilation, padding },
  depthwiseActivation: activationAttr,
  activation: activationAttr,
};

export interface SeparableDims {
  readonly depthwise: Conv2dDims;
  readonly Cout: number;
  readonly hasBias: boolean;
  readonly hasResidual: boolean;
  /** Of y. */
  readonly shape: readonly number[];
  /** N·H′·W′. */
  readonly pixels: number;
}

type Optional<T> = Readonly<Record<string, T | undefined>>;

/** Inputs of the depthwise part under conv2d's names. */
export const depthwiseInputs = <T>(inputs: Readonly<Record<string, T>>): Record<string, T> => {
  const bias = (inputs as Optional<T>).depthwiseBias;
  return { x: inputs.x!, w: inputs.depthwise!, ...(bias && { bias }) };
};

export const depthwiseAttrs = (attrs: SeparableAttrs, channels: number): Conv2dAttrs => {
  const { stride, dilation, padding, depthwiseActivation } = attrs;
  return { stride, dilation, padding, groups: channels, activation: depthwiseActivation };
};

/** Throws `input.shape`, `input.dtype`, `attr.value` for tensors that do not go together. */
export function dims(inputs: Specs, attrs: SeparableAttrs): SeparableDims {
  const x = given(inputs, 'x');
  const C = x.shape.at(-1) ?? 1;
  const taps = given(inputs, 'depthwise').shape;
  if (taps[0] !== C || taps[1] !== 1)
    throw wrongShape('depthwise', taps, {
      en: `[${C}, 1, kh, kw], as x has it`,
      zh: `[${C}, 1, kh, kw]，与 x 一致`,
    });
  const depthwise = convolutionDims(depthwiseInputs(inputs), depthwiseAttrs(attrs, C));
  const pointwise = given(inputs, 'pointwise');
  if (pointwise.shape.length !== 2 || pointwise.shape[1] !== C || pointwise.dtype !== x.dtype)
    throw wrongShape('pointwise', pointwise.shape, {
      en: `[Cout, ${C}] of ${x.dtype}, as x has it`,
      zh: `[Cout, ${C}]，类型为 ${x.dtype}，与 x 一致`,
    });
  const Cout = pointwise.shape[0]!;
  const hasBias = (inputs as Optional<TensorSpec>).bias !== undefined;
  if (hasBias && givenLike(inputs, 'bias', 'pointwise', [Cout]).dtype !== x.dtype)
    throw new LabError('input.dtype', {
      name: 'bias',
      got: inputs.bias!.dtype,
      allowed: `${x.dtype}, as x ${shapeText(x.shape)}`,
    });
  const { N, down, across } = depthwise;
  const shape = [N, down.out, across.out, Cout];
  checkResidual(inputs, 'y', { dtype: x.dtype, shape });
  const pixels = N * down.out * across.out;
  return { depthwise, Cout, hasBias, hasResidual: hasResidual(inputs), shape, pixels };
}

/** WGSL, parameters and bindings that variants share. */
import { u32, u32s, type Binding, type Scalar, type Shader } from '@/gpu/kernel';
import type { Axis, Conv2dDims, Dims } from './dims';

type Params = Readonly<Record<string, Scalar>>;

export const shader = (name: string, code: string, uses: readonly Shader[] = []): Shader => ({
  file: `conv2d/${name}.wgsl`,
  code,
  uses,
});

const axisParams = (side: 'h' | 'w', { size, out, taps, stride, dilation, before }: Axis): Params =>
  u32s({
    [`in_${side}`]: size,
    [`out_${side}`]: out,
    [`taps_${side}`]: taps,
    [`stride_${side}`]: stride,
    [`dilation_${side}`]: dilation,
    [`before_${side}`]: before,
  });

/** The window, and sizes of x and y. */
export const windowParams = ({ C, Cout, cIn, cOut, down, across }: Dims): Params => ({
  ...u32s({ C, Cout, c_in: cIn, c_out: cOut }),
  ...axisParams('h', down),
  ...axisParams('w', across),
});

export const epilogueParams = ({ hasBias, activation }: Conv2dDims): Params => ({
  has_bias: u32(Number(hasBias)),
  activation: u32(activation),
});

/** The bias, or where there is none some buffer that is not read: it is one pipeline then. */
export const biasBinding = ({ hasBias }: Conv2dDims, vec: 1 | 4): Binding =>
  hasBias
    ? { name: 'bias', access: 'read', vec }
    : { name: 'bias', buffer: 'x', access: 'read', vec, offset: 0, size: 16 };

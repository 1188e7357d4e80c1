/**
 * What a convolution is, read off its tensors and attributes. y[n, i, j, o] = Σ over ky, kx, c of
 * x[n, i·s + ky·d − top, j·s + kx·d − left, g·C/G + c]·w[o, c, ky, kx], where g is the group of o and x is 0 outside.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { DType, Specs, TensorSpec } from '@/lib/tensor';
import { activationAttr, activations, type Activation } from '@/shaders/lib/activation';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';
import { hasResidual } from '@/shaders/lib/residual';

export interface WindowAttrs {
  /** Pixels of x from one pixel of y to the next: one number, or [down, across]. */
  readonly stride: number | readonly number[];
  /** Pixels of x from one tap to the next. */
  readonly dilation: number | readonly number[];
  /** Zeros around x: [top, left, bottom, right], one number for all sides, or TensorFlow's `same`. */
  readonly padding: 'same' | number | readonly number[];
  /** Channels are cut into so many runs that do not see each other. */
  readonly groups: number;
}

export interface Conv2dAttrs extends WindowAttrs {
  /** After the bias and before the residual, as linear bottlenecks and their kin have it. */
  readonly activation: Activation;
}

export const windowAttrs: Readonly<Record<keyof WindowAttrs, Attribute>> = {
  stride: { kind: 'numbers', default: [1, 1], lengths: [2], min: 1 },
  dilation: { kind: 'numbers', default: [1, 1], lengths: [2], min: 1 },
  padding: { kind: 'numbers', default: [0, 0, 0, 0], lengths: [4], min: 0, words: ['same'] },
  groups: { kind: 'number', default: 1, integer: true, min: 1 },
};

export const conv2dAttrs: Readonly<Record<keyof Conv2dAttrs, Attribute>> = {
  ...windowAttrs,
  activation: activationAttr,
};

/** One direction of the window, in pixels of x. */
export interface Axis {
  /** Pixels of x and of y. */
  readonly size: number;
  readonly out: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the first pixel. */
  readonly before: number;
}

export interface Dims {
  readonly N: number;
  readonly C: number;
  readonly Cout: number;
  readonly groups: number;
  /** Channels of x and of y in a group. */
  readonly cIn: number;
  readonly cOut: number;
  readonly down: Axis;
  readonly across: Axis;
  readonly dtype: DType;
}

/** Padded images past this would leave i32. */
const LONGEST = 2 ** 30;

/** Throws `input.shape`, `input.dtype`, `attr.value` for an image and weights that do not go together. */
export function windowDims(x: TensorSpec, w: TensorSpec, attrs: WindowAttrs): Dims {
  if (x.shape.length !== 4 || x.shape.includes(0))
    throw wrongShape('x', x.shape, {
      en: '[N, H, W, C] with no size 0',
      zh: '[N, H, W, C]，不能有长度为 0 的轴',
    });
  if (w.shape.length !== 4 || w.shape.includes(0))
    throw wrongShape('w', w.shape, {
      en: '[Cout, Cin/groups, kh, kw] with no size 0',
      zh: '[Cout, Cin/groups, kh, kw]，不能有长度为 0 的轴',
    });
  if (w.dtype !== x.dtype) throw otherType('w', w, x);
  const [N, H, W, C] = x.shape as [number, number, number, number];
  const [Cout, cIn, kh, kw] = w.shape as [number, number, number, number];
  const { groups } = attrs;
  if (!Number.isInteger(groups) || groups < 1 || C % groups !== 0 || Cout % groups !== 0)
    throw new LabError('attr.value', {
      name: 'groups',
      got: groups,
      allowed: {
        en: `a whole number that divides the ${C} channels of x ${shapeText(x.shape)} and the ${Cout} of w ${shapeText(w.shape)}`,
        zh: `能整除 x ${shapeText(x.shape)} 的 ${C} 个通道和 w ${shapeText(w.shape)} 的 ${Cout} 个通道的整数`,
      },
    });
  if (cIn !== C / groups) {
    const needed = `[Cout, ${C / groups}, kh, kw]`;
    const [among, split] = groups === 1 ? ['', ''] : [` in ${groups} groups`, `（分 ${groups} 组）`];
    throw wrongShape('w', w.shape, {
      en: `${needed}, as x ${shapeText(x.shape)}${among}`,
      zh: `${needed}，与 x ${shapeText(x.shape)}${split} 一致`,
    });
  }
  const [down, across] = axesOf([H, W], [kh, kw], attrs, (padded) =>
    wrongShape('w', w.shape, {
      en: `kh, kw, with dilation, up to ${padded}, as x ${shapeText(x.shape)} padded`,
      zh: `kh、kw 连同膨胀不超过 ${padded}，即填充后的 x ${shapeText(x.shape)}`,
    }),
  );
  return { N, C, Cout, groups, cIn, cOut: Cout / groups, down, across, dtype: x.dtype };
}

type Pair = readonly [number, number];

/** Both directions of a window; `tooLarge` says that it does not fit into the padded image. */
export function axesOf(
  size: Pair,
  taps: Pair,
  attrs: Pick<WindowAttrs, 'stride' | 'dilation' | 'padding'>,
  tooLarge: (padded: string) => LabError,
): [Axis, Axis] {
  const stride = pair('stride', attrs.stride);
  const dilation = pair('dilation', attrs.dilation);
  const reach = ([0, 1] as const).map((i) => (taps[i] - 1) * dilation[i] + 1) as [number, number];
  const sides = sidesOf(attrs.padding, size, stride, reach);
  const padded = ([0, 1] as const).map((i) => size[i] + sides[i] + sides[i + 2]!) as [number, number];
  if (Math.max(...padded) > LONGEST)
    throw new LabError('attr.value', {
      name: 'padding',
      got: JSON.stringify(attrs.padding),
      allowed: `what pads ${size.join(' × ')} pixels to at most ${LONGEST}`,
    });
  if (reach[0] > padded[0] || reach[1] > padded[1]) throw tooLarge(padded.join(' × '));
  const axis = (i: 0 | 1): Axis => {
    const out = Math.floor((padded[i] - reach[i]) / stride[i]) + 1;
    return {
      ...{ size: size[i], out, taps: taps[i], before: sides[i] },
      // What is never taken stays small.
      stride: out === 1 ? 1 : stride[i],
      dilation: taps[i] === 1 ? 1 : dilation[i],
    };
  };
  return [axis(0), axis(1)];
}

/** Zeros at the top, left, bottom and right. */
function sidesOf(
  padding: WindowAttrs['padding'],
  size: Pair,
  stride: Pair,
  reach: Pair,
): [number, number, number, number] {
  if (padding === 'same') {
    const total = ([0, 1] as const).map((i) =>
      Math.max((Math.ceil(size[i] / stride[i]) - 1) * stride[i] + reach[i] - size[i], 0),
    ) as [number, number];
    const before = total.map((n) => Math.floor(n / 2)) as [number, number];
    return [...before, total[0] - before[0], total[1] - before[1]];
  }
  const sides = typeof padding === 'number' ? [padding, padding, padding, padding] : padding;
  if (sides.length === 4 && sides.every((n) => Number.isInteger(n) && n >= 0))
    return sides as unknown as [number, number, number, number];
  throw new LabError('attr.value', {
    name: 'padding',
    got: JSON.stringify(padding),
    allowed: '"same", a whole number from 0, or [top, left, bottom, right]',
  });
}

/** One number, or [down, across]. */
export function pair(name: string, value: number | readonly number[]): Pair {
  const both = typeof value === 'number' ? [value, value] : value;
  if (both.length === 2 && both.every((n) => Number.isInteger(n) && n >= 1)) return both as unknown as Pair;
  throw new LabError('attr.value', {
    name,
    got: JSON.stringify(value),
    allowed: 'a whole number from 1, or two, [down, across]',
  });
}

const otherType = (name: string, spec: TensorSpec, x: TensorSpec): LabError =>
  new LabError('input.dtype', {
    name: `${name} ${shapeText(spec.shape)}`,
    got: spec.dtype,
    allowed: `${x.dtype}, as x ${shapeText(x.shape)}`,
  });

export interface Conv2dDims extends Dims {
  readonly hasBias: boolean;
  readonly hasResidual: boolean;
  /** Its place in `activations`. */
  readonly activation: number;
}

export function dims(inputs: Specs, attrs: Conv2dAttrs): Conv2dDims {
  const x = given(inputs, 'x');
  const w = given(inputs, 'w');
  const d = windowDims(x, w, attrs);
  const bias = (inputs as Readonly<Record<string, TensorSpec | undefined>>).bias;
  if (bias) {
    if (bias.shape.join() !== String(d.Cout))
      throw wrongShape('bias', bias.shape, {
        en: `[${d.Cout}], as w ${shapeText(w.shape)}`,
        zh: `[${d.Cout}]，与 w ${shapeText(w.shape)} 一致`,
      });
    if (bias.dtype !== x.dtype) throw otherType('bias', bias, x);
  }
  return {
    ...d,
    ...{ hasBias: bias !== undefined, hasResidual: hasResidual(inputs) },
    activation: activations.indexOf(attrs.activation),
  };
}

export const outputShape = ({ N, down, across, Cout }: Dims): number[] => [N, down.out, across.out, Cout];

/** Multiply-adds of every tap, those on padding too, and of each tensor of `specs` one visit. */
export const flopsOf = ({ N, down, across, Cout, cIn }: Dims): number =>
  2 * N * down.out * across.out * Cout * cIn * down.taps * across.taps;

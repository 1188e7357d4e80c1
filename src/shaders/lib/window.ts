/** A rectangle of the plane as a grid of cells or pixels; `top` may be above `bottom`, as in pictures with y upwards. */
import { f32, u32s, type Attribute, type Scalar } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs } from '@/lib/tensor';
import { given, givenLike } from './flat';

export interface WindowAttrs {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Cells. */
  readonly width: number;
  readonly height: number;
}

const side = { kind: 'number', default: 256, integer: true, min: 1, max: 4096 } as const;

export const windowAttrs = {
  left: { kind: 'number', default: -4 },
  top: { kind: 'number', default: 4 },
  right: { kind: 'number', default: 4 },
  bottom: { kind: 'number', default: -4 },
  width: side,
  height: side,
} as const satisfies Record<keyof WindowAttrs, Attribute>;

export interface Scale {
  readonly left: number;
  readonly top: number;
  /** Cells per unit of length; down is negative where y points up. */
  readonly across: number;
  readonly down: number;
}

/** As the shader has it, rounded to f32. Throws where a side has no length. */
export function scaleOf({ left, top, right, bottom, width, height }: WindowAttrs): Scale {
  const across = Math.fround(width / (right - left));
  const down = Math.fround(height / (bottom - top));
  if (!Number.isFinite(across) || across === 0)
    throw new LabError('attr.value', { name: 'right', got: right, allowed: `anything but left = ${left}` });
  if (!Number.isFinite(down) || down === 0)
    throw new LabError('attr.value', { name: 'bottom', got: bottom, allowed: `anything but top = ${top}` });
  return { left: Math.fround(left), top: Math.fround(top), across, down };
}

export function windowParams(attrs: WindowAttrs): Readonly<Record<string, Scalar>> {
  const { left, top, across, down } = scaleOf(attrs);
  return {
    ...u32s({ width: attrs.width, height: attrs.height }),
    ...{ left: f32(left), top: f32(top), across: f32(across), down: f32(down) },
  };
}

/** Where a point lies, in cells; each operation rounded to f32, as on the GPU, so that both choose the same cell. */
export function place(scale: Scale, x: number, y: number): readonly [column: number, row: number] {
  return [
    Math.fround(Math.fround(x - scale.left) * scale.across),
    Math.fround(Math.fround(y - scale.top) * scale.down),
  ];
}

/** n of the input `x` [n, 2]. */
export function pointCount(inputs: Specs): number {
  const [n = 0] = given(inputs, 'x').shape;
  givenLike(inputs, 'x', 'a list of points', [n, 2]);
  return n;
}

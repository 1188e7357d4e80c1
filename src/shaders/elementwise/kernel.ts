/** y = f(a) or y = f(a, b) element by element, with NumPy's broadcasting; y in the type asked for. */
import { defineKernel, f32, u32, u32s, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, sizeOf, type DType, type Specs, type TensorSpec } from '@/lib/tensor';
import { given, overQuads, wrongShape } from '@/shaders/lib/flat';
import functionsCode from '@/shaders/lib/functions.wgsl?raw';
import binaryCode from './binary.wgsl?raw';
import { broadcastShape, isFlat, walkOf } from './broadcast';
import { binaryNames, opConstants, unaryNames, type Binary, type Unary } from './functions';
import flatCode from './operands-flat.wgsl?raw';
import stridedCode from './operands-strided.wgsl?raw';
import unaryCode from './unary.wgsl?raw';

export interface ElementwiseAttrs {
  readonly op: Unary | Binary;
  /** `scale`: α·a; `add`, `sub`: a ± α·b. */
  readonly alpha: number;
  /** Type of y, default that of a. */
  readonly dtype: 'same' | 'f32' | 'f16';
}

export const functions: Shader = { file: 'lib/functions.wgsl', code: functionsCode };
const unary: Shader = { file: 'elementwise/unary.wgsl', code: unaryCode, uses: [functions] };
const binary = (operands: Shader): Shader => ({
  file: 'elementwise/binary.wgsl',
  code: binaryCode,
  uses: [operands],
});
const flat: Shader = { file: 'elementwise/operands-flat.wgsl', code: flatCode };
const strided: Shader = { file: 'elementwise/operands-strided.wgsl', code: stridedCode };

const isBinary = (op: string): boolean => (binaryNames as readonly string[]).includes(op);

/** a and, where the operation takes two, b. */
export function operands(inputs: Specs, op: string): { a: TensorSpec; b: TensorSpec | undefined } {
  const a = given(inputs, 'a');
  if (isBinary(op)) return { a, b: given(inputs, 'b') };
  if (inputs.b) throw new LabError('input.unknown', { name: 'b', allowed: `a alone, for op ${op}` });
  return { a, b: undefined };
}

const y = { name: 'y', access: 'read_write', vec: 4 } as const;

function flatPlan({ inputs, outputs, attrs }: Problem<ElementwiseAttrs>): Plan {
  const { b } = operands(inputs, attrs.op);
  const size = sizeOf(outputs.y!.shape);
  const alpha = f32(attrs.alpha);
  const readA = { name: 'a', access: 'read', vec: 4 } as const;
  if (!b) {
    const constants = opConstants(unaryNames, attrs.op);
    return {
      passes: [overQuads(size, 20, { shader: unary, constants, params: { alpha }, bindings: [readA, y] })],
    };
  }
  return {
    passes: [
      overQuads(size, 2, {
        shader: binary(flat),
        constants: opConstants(binaryNames, attrs.op),
        params: { alpha, b_quads: u32(Math.ceil(sizeOf(b.shape) / 4)) },
        bindings: [readA, { name: 'b', access: 'read', vec: 4 }, y],
      }),
    ],
  };
}

function stridedPlan({ inputs, outputs, attrs }: Problem<ElementwiseAttrs>): Plan {
  const { a, b } = operands(inputs, attrs.op);
  const size = sizeOf(outputs.y!.shape);
  const walk = walkOf(a.shape, b!.shape);
  // Axes of size 1 in front make four.
  const four = (values: readonly number[], fill: number): number[] =>
    [...(Array(4).fill(fill) as number[]), ...values].slice(-4);
  const numbered = (prefix: string, values: readonly number[]) =>
    u32s(Object.fromEntries(values.map((value, axis) => [`${prefix}${axis}`, value])));
  return {
    passes: [
      overQuads(size, 20, {
        shader: binary(strided),
        constants: opConstants(binaryNames, attrs.op),
        params: {
          alpha: f32(attrs.alpha),
          size: u32(size),
          ...numbered('n', four(walk.sizes, 1)),
          ...numbered('a', four(walk.a, 0)),
          ...numbered('b', four(walk.b, 0)),
        },
        bindings: [{ name: 'a', access: 'read' }, { name: 'b', access: 'read' }, y],
      }),
    ],
  };
}

export const outputType = (asked: ElementwiseAttrs['dtype'], own: DType): DType =>
  asked === 'same' ? own : asked;

export const kernel = defineKernel<ElementwiseAttrs>({
  name: 'elementwise',
  title: { en: 'Elementwise functions', zh: '逐元素运算' },
  inputs: {
    a: { dtypes: ['f32', 'f16'], shape: '[…]' },
    b: { dtypes: ['f32', 'f16'], shape: '[…], broadcasts with a', optional: true },
  },
  outputs: { y: { shape: '[…]' } },
  attrs: {
    op: { kind: 'choice', default: 'add', options: [...binaryNames, ...unaryNames] },
    alpha: { kind: 'number', default: 1 },
    dtype: { kind: 'choice', default: 'same', options: ['same', 'f32', 'f16'] },
  },
  infer(inputs, { op, dtype }) {
    const { a, b } = operands(inputs, op);
    const shape = b ? broadcastShape(a.shape, b.shape) : a.shape;
    if (b && walkOf(a.shape, b.shape).sizes.length > 4)
      throw wrongShape('b', b.shape, 'what repeats along at most two separate groups of axes');
    return { y: { dtype: outputType(dtype, a.dtype), shape } };
  },
  rows: ({ outputs }) => outputs.y!.shape[0] ?? 1,
  work({ inputs, outputs }) {
    const bytes = [...Object.values(inputs), outputs.y!].reduce((sum, spec) => sum + byteLength(spec), 0);
    return { flops: sizeOf(outputs.y!.shape), bytes };
  },
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      unsupported({ inputs, attrs }) {
        const { a, b } = operands(inputs, attrs.op);
        if (!b || isFlat(a.shape, b.shape)) return undefined;
        return {
          en: 'a has to have the shape of y, and b to be a last part of it with a multiple of four elements',
          zh: 'a 的形状须与 y 相同，b 须是其末尾若干维，且元素个数为 4 的倍数',
        };
      },
      plan: flatPlan,
    },
    strided: {
      title: { en: 'any broadcasting', zh: '任意广播' },
      unsupported: ({ attrs }) =>
        isBinary(attrs.op)
          ? undefined
          : { en: 'one operand is never broadcast', zh: '只有一个操作数时无需广播' },
      plan: stridedPlan,
    },
  },
  defaultVariant({ inputs, attrs }) {
    const { a, b } = operands(inputs, attrs.op);
    return !b || isFlat(a.shape, b.shape) ? 'flat' : 'strided';
  },
});

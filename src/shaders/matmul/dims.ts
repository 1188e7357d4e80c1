/**
 * What a multiplication is, read off its tensors: one matrix product [M, K]·[K, N] for every matrix of the batch.
 * Leading axes are merged to at most four; a batch of A over one B is one taller A; a product with one column is
 * taken the other way round, as one row. So variants meet few forms.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { sizeOf, type DType, type Specs, type TensorSpec } from '@/lib/tensor';
import { walkOf } from '@/shaders/elementwise/broadcast';
import { activationAttr, activations, type Activation } from '@/shaders/lib/activation';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';
import { checkResidual, hasResidual } from '@/shaders/lib/residual';

export interface MatmulAttrs {
  /** a is stored [K, M]. */
  readonly transA: boolean;
  /** b is stored [N, K]. */
  readonly transB: boolean;
  /**
   * How products are summed. `f16`: s ← half(s + half(a·b)), k ascending. `chunked`: so within 32 k, the chunks' sums
   * in f32. An adapter's own f16 may fuse product and sum, which is one rounding less.
   */
  readonly accumulate: 'f32' | 'f16' | 'chunked';
  readonly alpha: number;
  /** After the bias; `gelu` is x·Φ(x). */
  readonly activation: Activation;
}

export const matmulAttrs: Readonly<Record<keyof MatmulAttrs, Attribute>> = {
  transA: { kind: 'boolean', default: false },
  transB: { kind: 'boolean', default: false },
  accumulate: { kind: 'choice', default: 'f32', options: ['f32', 'f16', 'chunked'] },
  alpha: { kind: 'number', default: 1 },
  activation: activationAttr,
};

/** Terms of a sum in f16 before it goes into an f32. */
export const CHUNK = 32;

export interface Operand {
  /** The tensor that plays this part. */
  readonly tensor: 'a' | 'b';
  /** Stored with its k along the other axis than its part has it: A as [K, M], B as [N, K]. */
  readonly transposed: boolean;
  /** Matrices in the tensor. */
  readonly planes: number;
  /** Planes that one step along each of the four axes moves; 0 where it has none. */
  readonly steps: readonly number[];
}

export interface Dims {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  /** Sizes of the four merged axes of the batch, the outermost first, and their product. */
  readonly sizes: readonly number[];
  readonly batches: number;
  readonly a: Operand;
  readonly b: Operand;
  readonly dtype: DType;
  readonly accumulate: MatmulAttrs['accumulate'];
  readonly alpha: number;
  /** Index into `activations`. */
  readonly activation: number;
  /** Values of the bias: one for each column, one for all where A and B changed places, or none. */
  readonly biases: number;
  readonly hasResidual: boolean;
}

interface Call {
  readonly inputs: Specs;
  readonly attrs: MatmulAttrs;
}

/** The shape of c; throws for tensors that do not fit together. */
export function shapeOf(call: Call): number[] {
  const { M, N, leadA, leadB } = sizesOf(call);
  const rank = Math.max(leadA.length, leadB.length);
  const lead = Array.from({ length: rank }, (_, axis) =>
    Math.max(leadA[axis - rank + leadA.length] ?? 1, leadB[axis - rank + leadB.length] ?? 1),
  );
  const shape = [...lead, M, N];
  checkResidual(call.inputs, 'c', { dtype: call.inputs.a!.dtype, shape });
  return shape;
}

export function dims(call: Call): Dims {
  const { attrs, inputs } = call;
  const { M, N, K, leadA, leadB, hasBias } = sizesOf(call);
  const walk = walkOf(leadA, leadB);
  const axes = walk.sizes.map((n, i) => ({ n, a: walk.a[i]!, b: walk.b[i]! }));
  // A matrix of one row or one column is stored alike both ways.
  const transA = attrs.transA && M > 1;
  const transB = N === 1 || attrs.transB;
  const inner = axes.at(-1);
  const folds = inner?.b === 0 && !transA ? inner.n : 1;
  if (folds > 1) {
    axes.pop();
    for (const [i, { n, a, b }] of axes.entries()) axes[i] = { n, a: a / folds, b };
  }
  const four = (values: readonly number[], fill: number): number[] =>
    [...(Array(4).fill(fill) as number[]), ...values].slice(-4);
  const sizes = four(
    axes.map(({ n }) => n),
    1,
  );
  const operand = (tensor: 'a' | 'b', transposed: boolean, lead: readonly number[]): Operand => ({
    tensor,
    transposed,
    planes: sizeOf(lead) / (tensor === 'a' ? folds : 1),
    steps: four(
      axes.map((axis) => axis[tensor]),
      0,
    ),
  });
  const a = operand('a', transA, leadA);
  const b = operand('b', transB, leadB);
  const rows = M * folds;
  const common = {
    ...{ K, sizes, batches: sizeOf(sizes), dtype: inputs.a!.dtype },
    ...{ accumulate: attrs.accumulate, alpha: attrs.alpha },
    activation: activations.indexOf(attrs.activation),
    hasResidual: hasResidual(inputs),
  };
  if (N > 1 || rows === 1) return { ...common, M: rows, N, a, b, biases: hasBias ? N : 0 };
  return {
    ...common,
    ...{ M: 1, N: rows, biases: hasBias ? 1 : 0 },
    a: { ...b, transposed: false },
    b: { ...a, transposed: !a.transposed },
  };
}

function sizesOf({ inputs, attrs }: Call) {
  const a = given(inputs, 'a');
  const b = given(inputs, 'b');
  const bias = (inputs as Readonly<Record<string, TensorSpec | undefined>>).bias;
  for (const [name, { shape }] of Object.entries({ a, b })) {
    if (shape.length < 2) throw wrongShape(name, shape, { en: 'two axes or more', zh: '至少两个轴' });
  }
  const [leadA, leadB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [M, K] = lastTwo(a.shape, attrs.transA);
  const [inner, N] = lastTwo(b.shape, attrs.transB);
  const beside = `a ${shapeText(a.shape)}${attrs.transA ? ' (transA)' : ''}`;
  if (inner !== K) {
    const needed = attrs.transB ? `[…, N, ${K}]` : `[…, ${K}, N]`;
    throw wrongShape('b', b.shape, { en: `${needed}, as ${beside}`, zh: `${needed}，以配合 ${beside}` });
  }
  const rank = Math.min(leadA.length, leadB.length);
  for (let axis = 1; axis <= rank; axis++) {
    const [m, n] = [leadA.at(-axis)!, leadB.at(-axis)!];
    if (m !== n && m !== 1 && n !== 1)
      throw wrongShape('b', b.shape, {
        en: `leading sizes that broadcast with those of ${beside}: equal or 1`,
        zh: `前面各轴能与 ${beside} 广播：长度相等或为 1`,
      });
  }
  if (walkOf(leadA, leadB).sizes.length > 4)
    throw wrongShape('b', b.shape, {
      en: `leading axes that repeat beside ${beside} in at most four groups of neighbours`,
      zh: `前面各轴相对 ${beside} 的重复最多分成四组相邻的轴`,
    });
  if (b.dtype !== a.dtype) throw otherType('b', b, a);
  if (bias) {
    if (bias.shape.join() !== String(N))
      throw wrongShape('bias', bias.shape, {
        en: `[${N}], as b ${shapeText(b.shape)}`,
        zh: `[${N}]，与 b ${shapeText(b.shape)} 一致`,
      });
    if (bias.dtype !== a.dtype) throw otherType('bias', bias, a);
  }
  if (attrs.accumulate !== 'f32' && a.dtype !== 'f16')
    throw new LabError('attr.value', {
      name: 'accumulate',
      got: attrs.accumulate,
      allowed: `f32 for a ${shapeText(a.shape)} and b ${shapeText(b.shape)} of ${a.dtype}; other sums need f16`,
    });
  if (!Number.isFinite(Math.fround(attrs.alpha)))
    throw new LabError('attr.value', { name: 'alpha', got: attrs.alpha, allowed: 'a finite f32' });
  return { M, N, K, leadA, leadB, hasBias: bias !== undefined };
}

const otherType = (name: string, spec: TensorSpec, a: TensorSpec): LabError =>
  new LabError('input.dtype', {
    name: `${name} ${shapeText(spec.shape)}`,
    got: spec.dtype,
    allowed: `${a.dtype}, as a ${shapeText(a.shape)}`,
  });

function lastTwo(shape: readonly number[], transposed: boolean): [number, number] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

/** WGSL and passes that variants share: how sums are taken, operands in another layout, and what ends the sums. */
import type { Capabilities } from '@/gpu/capabilities';
import { f32, u32, u32s, type Binding, type Pass, type Scalar, type Shader } from '@/gpu/kernel';
import { activatedShader } from '@/shaders/lib/activation';
import halfCode from '@/shaders/lib/half.wgsl?raw';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { boundC, boundOperand, isQuads, type Block } from './blocks';
import { CHUNK, type Dims, type Operand } from './dims';
import epilogueCode from './epilogue.wgsl?raw';
import finishCode from './finish.wgsl?raw';
import packCode from './pack.wgsl?raw';
import planesCode from './planes.wgsl?raw';
import sumF32Code from './sum-f32.wgsl?raw';
import sumBlocksCode from './sum-half-blocks.wgsl?raw';
import sumEmulatedCode from './sum-half-emulated.wgsl?raw';
import sumHalfCode from './sum-half.wgsl?raw';

export const shader = (name: string, code: string, uses: readonly Shader[] = []): Shader => ({
  file: `matmul/${name}.wgsl`,
  code,
  uses,
});

const half: Shader = { file: 'lib/half.wgsl', code: halfCode };
export const planes = shader('planes', planesCode);
export const epilogue = shader('epilogue', epilogueCode, [activatedShader]);
const sumF32 = shader('sum-f32', sumF32Code);
const sumHalf = shader('sum-half-blocks', sumBlocksCode, [shader('sum-half', sumHalfCode)]);
const sumEmulated = shader('sum-half-blocks', sumBlocksCode, [
  shader('sum-half-emulated', sumEmulatedCode, [half]),
]);

/** Whether the adapter itself sums in f16. */
const ownHalf = (d: Dims, { f16 }: Capabilities): boolean => d.accumulate !== 'f32' && f16;

export function sums(d: Dims, caps: Capabilities): Shader {
  if (d.accumulate === 'f32') return sumF32;
  return ownHalf(d, caps) ? sumHalf : sumEmulated;
}

/** k of a chunk, rounded up to a multiple of `unit` and counted in it; sums that are not chunked have one. */
export const chunkOf = (d: Dims, unit: number): number =>
  d.accumulate === 'chunked' ? CHUNK / unit : Math.ceil(d.K / unit);

type Params = Readonly<Record<string, Scalar>>;

/** What planes.wgsl asks for. `size`: of a plane of A and of B, in what an index of their bindings counts. */
export function planeParams(d: Dims, block: Block, at: readonly number[], size: readonly number[]): Params {
  const [n1, n2, n3] = d.sizes.slice(1) as [number, number, number];
  const steps = (name: string, operand: Operand, by: number) =>
    Object.fromEntries(operand.steps.map((step, i) => [`${name}${i}`, step * by]));
  return u32s({
    ...{ n1, n2, n3, batch0: block.batch0, batches: block.batches, a_at: at[0]!, b_at: at[1]! },
    ...steps('a', d.a, size[0]!),
    ...steps('b', d.b, size[1]!),
  });
}

export const epilogueParams = (d: Dims): Params => ({
  alpha: f32(Math.fround(d.alpha)),
  activation: u32(d.activation),
  has_bias: u32(d.biases),
});

/** The bias, or where there is none some buffer that is not read: it is one pipeline then. */
export const biasBinding = (d: Dims, vec: 1 | 4): Binding =>
  d.biases > 0
    ? { name: 'bias', access: 'read', vec }
    : { name: 'bias', buffer: 'a', access: 'read', vec, offset: 0, size: 16 };

/** An operand as a pass binds it. */
export interface Layout {
  readonly binding: Binding;
  /** What finds the first plane in the binding. */
  readonly at: number;
  /** Quads of a plane, and of one of its rows. */
  readonly plane: number;
  readonly row: number;
  readonly transposed: boolean;
  /** What brings it into this layout, once. */
  readonly pass?: Pass;
  readonly bytes: number;
}

export interface Wanted {
  /** Operands that have to be stored as their part has it, A [M, K], B [K, N]; others may come transposed. */
  readonly upright: 'both' | 'a' | 'neither';
  /** Halves widened beforehand, once. */
  readonly widened: boolean;
}

const mustTurn = (d: Dims, operand: Operand, { upright }: Wanted): boolean =>
  operand.transposed && (upright === 'both' || (upright === 'a' && operand === d.a));

export const binds = (d: Dims, operand: Operand, wanted: Wanted): boolean =>
  isQuads(d, operand) && !mustTurn(d, operand, wanted) && !(wanted.widened && d.dtype === 'f16');

/** `operand` with whole quads for rows: bound where it has them, else packed into scratch. */
export function layoutOf(d: Dims, operand: Operand, block: Block, wanted: Wanted): Layout {
  const part = operand === d.a ? 'a' : 'b';
  const [tall, long] = operand === d.a ? [d.M, d.K] : [d.K, d.N];
  const transposed = operand.transposed && !mustTurn(d, operand, wanted);
  const [rows, columns] = transposed ? [long, tall] : [tall, long];
  const row = Math.ceil(columns / 4);
  if (binds(d, operand, wanted)) {
    const { range, at } = boundOperand(d, operand, block, 4);
    const binding: Binding = { name: part, buffer: operand.tensor, access: 'read', vec: 4, ...range };
    return { binding, at, plane: rows * row, row, transposed, bytes: 0 };
  }
  // Rows that count k come in fours too.
  const rowsOut = (operand === d.a) === transposed ? 4 * Math.ceil(rows / 4) : rows;
  const plane = rowsOut * row;
  const dtype = wanted.widened ? 'f32' : d.dtype;
  const total = operand.planes * plane;
  const packed = `packed ${part}`;
  const turned = operand.transposed !== transposed;
  return {
    binding: { name: part, buffer: packed, access: 'read', vec: 4, dtype },
    ...{ at: 0, plane, row, transposed },
    bytes: total * (dtype === 'f16' ? 8 : 16),
    pass: {
      shader: shader('pack', packCode),
      params: u32s({
        ...{ rows, columns, rows_out: rowsOut, quads: row, total },
        row_stride: turned ? 1 : columns,
        column_stride: turned ? rows : 1,
      }),
      bindings: [
        { name: 'source', buffer: operand.tensor, access: 'read' },
        { name: 'packed', buffer: packed, access: 'read_write', vec: 4, dtype },
      ],
      groups: Math.ceil(total / 64),
      flops: 16 * total,
    },
  };
}

/** C of `splits` sums for every element, which lie in the scratch buffer "sums". */
export function finish(d: Dims, block: Block, splits: number): Pass {
  const { range, at } = boundC(d, block);
  const rows = block.batches * block.rows;
  const quads = Math.ceil((rows * d.N) / 4);
  return {
    shader: shader('finish', finishCode, [epilogue, residualShader(d.hasResidual)]),
    params: {
      ...u32s({ N: d.N, N4: Math.ceil(d.N / 4), rows, splits, quads, c_at: at }),
      ...epilogueParams(d),
    },
    bindings: [
      { name: 'sums', access: 'read' },
      biasBinding(d, 1),
      ...residualBindings(d.hasResidual, range),
      { name: 'c', access: 'read_write', vec: 4, ...range },
    ],
    groups: Math.ceil(quads / 64),
    flops: 4 * splits * rows * d.N,
  };
}

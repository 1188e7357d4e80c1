/** Rows of a product by each way to sum, on the GPU or without one, and their float64 reference. */
import { problemOf } from '@/gpu/bind';
import { run } from '@/gpu/run';
import type { Context, CpuContext } from '@/lab/session';
import { dtypeBytes, tensor, valuesOf, viewOf, type HostTensor } from '@/lib/tensor';
import type { MatmulAttrs } from '@/shaders/matmul/dims';
import { kernel } from '@/shaders/matmul/kernel';
import { multiplyHalves } from './emulate';
import { errorsOf, type Errors } from './errors';
import { sizesOf, stored, type Matrices } from './inputs';
import { attrsOf, kinds, type Kind } from './kinds';

/** C of these matrices, in their storage. */
export type Multiply = (
  matrices: Matrices,
  accumulate: MatmulAttrs['accumulate'],
  signal: AbortSignal,
) => Promise<HostTensor>;

export const onGpu =
  ({ device, tuner }: Pick<Context, 'device' | 'tuner'>): Multiply =>
  async (matrices, accumulate, signal) => {
    const inputs = { ...matrices };
    const attrs = attrsOf(accumulate);
    const { variant } = await tuner.pick(device, kernel, problemOf(kernel, inputs, attrs));
    return (await run(device, kernel, inputs, attrs, { variant, signal })).c!;
  };

export const onCpu =
  ({ pool }: Pick<CpuContext, 'pool'>): Multiply =>
  async (matrices, accumulate, signal) => {
    if (accumulate !== 'f32') return multiplyHalves(matrices, accumulate, signal);
    const { m, n } = sizesOf(matrices);
    const { c } = await pool.compute(kernel.name, { ...matrices }, attrsOf('f32'), m, signal);
    return tensor(matrices.a.dtype, [m, n], c!);
  };

export const referenceOf = async (
  { pool }: Pick<CpuContext, 'pool'>,
  matrices: Matrices,
  rows: readonly number[],
  signal: AbortSignal,
): Promise<Float64Array> =>
  (await pool.reference(kernel.name, { ...matrices }, attrsOf('f32'), rows, signal)).c!;

/** Some rows of A, so that their part of C can be had without the rest. */
export function rowsOf({ a, b }: Matrices, rows: readonly number[]): Matrices {
  const k = a.shape[1]!;
  const spec = { dtype: a.dtype, shape: [rows.length, k] };
  const part = viewOf(spec, new ArrayBuffer(rows.length * k * dtypeBytes(a.dtype)));
  rows.forEach((row, i) => part.data.set(a.data.subarray(row * k, (row + 1) * k), i * k));
  return { a: part, b };
}

export interface KindErrors {
  readonly kind: Kind;
  readonly errors: Errors;
}

/** The same numbers by each way to sum, every one against float64 of what it was given: halves as rounded. */
export async function errorsByKind(
  bench: Pick<CpuContext, 'pool'>,
  multiply: Multiply,
  matrices: Matrices,
  signal: AbortSignal,
): Promise<KindErrors[]> {
  const all = Array.from({ length: sizesOf(matrices).m }, (_, row) => row);
  const found: KindErrors[] = [];
  for (const storage of ['f16', 'f32'] as const) {
    const given = stored(matrices, storage);
    const expected = await referenceOf(bench, given, all, signal);
    for (const kind of kinds.filter((one) => one.storage === storage)) {
      const c = valuesOf(await multiply(given, kind.accumulate, signal));
      found.push({ kind, errors: errorsOf(c, expected, storage) });
    }
  }
  return found;
}

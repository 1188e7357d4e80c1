/** A [M, K] and B [K, N] of a session: drawn from a seed in one of five ways, or two matrices of the reader's own. */
import type { Context } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { inspect, load } from '@/lib/safetensors';
import { convert, isFloat, tensor, type HostTensor } from '@/lib/tensor';
import { kernel } from '@/shaders/matmul/kernel';
import { attrsOf } from './kinds';
import type { Distribution, Params } from './params';

export interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** As they were drawn or read, before halves are made of them. */
export interface Matrices {
  readonly a: HostTensor;
  readonly b: HostTensor;
}

export const sizesOf = ({ a, b }: Matrices): Sizes => ({
  m: a.shape[0]!,
  k: a.shape[1]!,
  n: b.shape[1]!,
});

export const stored = ({ a, b }: Matrices, dtype: 'f32' | 'f16'): Matrices => ({
  a: convert(a, dtype),
  b: convert(b, dtype),
});

export async function makeInputs(
  files: Context['files'],
  params: Params,
  signal: AbortSignal,
): Promise<Matrices> {
  // A link may name a file that is not here: until it is opened, drawn numbers stand in.
  if (params.tensors !== null && files.tensors) return fromFile(files.tensors, params.tensors.name);
  return drawn(params, params.distribution, params.seed, signal);
}

/** Exponents of the wide range; products stay within f16's. */
const WIDE = [-10, 4] as const;
export const OUTLIER = 4096;
/** What is left of a cancelling sum, beside what it went up to. */
const LEFT_OVER = 2 ** -6;

/** Both matrices as f32; A and B are two streams of one seed. */
export async function drawn(
  { m, n, k }: Sizes,
  distribution: Distribution,
  seed: number,
  signal: AbortSignal,
): Promise<Matrices> {
  const a = new Random(seed, 1);
  const b = new Random(seed, 2);
  const value = (random: Random): number => {
    if (distribution === 'positive') return random.uniform();
    if (distribution === 'wide')
      return random.normal() * 2 ** (WIDE[0] + (WIDE[1] - WIDE[0]) * random.uniform());
    return random.normal();
  };
  const left = await filled([m, k], () => value(a), signal);
  const right = await filled([k, n], () => value(b), signal);
  if (distribution === 'outlier') {
    // One channel of the activations is far larger than the rest, early in the sum.
    const channel = new Random(seed, 3).int(0, Math.floor((k - 1) / 4));
    for (let row = 0; row < m; row++) left[row * k + channel] = row % 2 === 0 ? OUTLIER : -OUTLIER;
  }
  if (distribution === 'cancelling') cancel(left, right, { m, n, k }, new Random(seed, 3));
  return { a: tensor('f32', [m, k], left), b: tensor('f32', [k, n], right) };
}

/** The second half of each sum takes back the first, all but a sixty-fourth of a random sum. */
function cancel(a: Float32Array, b: Float32Array, { m, n, k }: Sizes, random: Random): void {
  const half = Math.floor(k / 2);
  for (let row = 0; row < m; row++) a.copyWithin(row * k + half, row * k, row * k + half);
  for (let i = 0; i < half * n; i++) b[half * n + i] = LEFT_OVER * random.normal() - b[i]!;
}

/** A page must answer while millions of numbers are drawn: a pause after each part. */
const PART = 1 << 17;

async function filled(
  [rows, columns]: readonly [number, number],
  draw: () => number,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(rows * columns);
  for (let from = 0; from < values.length; from += PART) {
    if (from > 0) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    const to = Math.min(values.length, from + PART);
    for (let i = from; i < to; i++) values[i] = draw();
  }
  return values;
}

/** Two matrices of one float type; what does not fit together is an error that names both shapes. */
export function fromFile(bytes: Uint8Array, file: string): Matrices {
  const { tensors } = inspect(bytes, file);
  const found = (name: 'a' | 'b') => {
    const entry = tensors.get(name);
    if (!entry) throw new LabError('input.missing', { name, allowed: 'a, b' });
    return entry;
  };
  const [a, b] = [found('a'), found('b')];
  const shapes = `a [${a.shape.join(', ')}], b [${b.shape.join(', ')}]`;
  const wrong = (name: string, got: readonly number[], en: string, zh: string): LabError =>
    new LabError('input.shape', {
      name,
      got: got.join(', '),
      allowed: { en: `${en} (${shapes})`, zh: `${zh}（${shapes}）` },
    });
  for (const [name, { shape }] of Object.entries({ a, b })) {
    if (shape.length !== 2 || shape.some((size) => size < 1))
      throw wrong(name, shape, 'two sizes of 1 or more', '二维，且每维至少为 1');
  }
  if (a.shape[1] !== b.shape[0])
    throw wrong(
      'b',
      b.shape,
      `[${a.shape[1]!}, N]: as many rows as a has columns`,
      `[${a.shape[1]!}, N]：行数须等于 a 的列数`,
    );
  if (a.stored !== b.stored)
    throw new LabError('input.dtype', {
      name: `b [${b.shape.join(', ')}]`,
      got: b.stored,
      allowed: `${a.stored}, as a [${a.shape.join(', ')}]`,
    });
  const matrices = { a: load(bytes, 'a', a, file), b: load(bytes, 'b', b, file) };
  if (!isFloat(matrices.a.dtype))
    throw new LabError('input.dtype', { name: shapes, got: a.stored, allowed: 'F64, F32, F16, BF16' });
  kernel.infer(matrices, attrsOf('f32'));
  return matrices;
}

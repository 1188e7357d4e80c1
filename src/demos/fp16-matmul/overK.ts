/** The error over K: small products of the same kind of numbers, K growing fourfold, by each way to sum. */
import type { CpuContext } from '@/lab/session';
import { UNIT } from './emulate';
import { drawn, sizesOf, type Matrices } from './inputs';
import { errorsByKind, type KindErrors, type Multiply } from './multiply';
import type { Distribution } from './params';
import { dtypeBytes, viewOf, type HostTensor } from '@/lib/tensor';

export interface AtK {
  readonly k: number;
  readonly kinds: readonly KindErrors[];
}

/** Rows and columns of the products. */
export const SIDE = 32;
export const STEPS: readonly number[] = [4, 16, 64, 256, 1024, 4096, 16384, 65536];
/** When a K took longer, the next, four times as long, is not begun. */
const PATIENCE_MS = 4000;

/** What Higham's bounds give without their constants: u·√K for random roundings, u·K for the worst. */
export const predicted = (k: number): { readonly root: number; readonly worst: number } => ({
  root: Math.sqrt(k) * UNIT.f16,
  worst: k * UNIT.f16,
});

/** Drawn from the seed, or for a file the first K terms of its own sums. */
export async function errorsOverK(
  bench: Pick<CpuContext, 'pool'>,
  multiply: Multiply,
  from: { readonly own: Matrices } | { readonly distribution: Distribution; readonly seed: number },
  report: (sofar: readonly AtK[]) => void,
  signal: AbortSignal,
  steps: readonly number[] = STEPS,
): Promise<readonly AtK[]> {
  const found: AtK[] = [];
  for (const k of steps) {
    signal.throwIfAborted();
    if ('own' in from && k > sizesOf(from.own).k) break;
    const started = performance.now();
    const matrices =
      'own' in from
        ? corner(from.own, k)
        : await drawn({ m: SIDE, n: SIDE, k }, from.distribution, from.seed, signal);
    found.push({ k, kinds: await errorsByKind(bench, multiply, matrices, signal) });
    report([...found]);
    if (performance.now() - started > PATIENCE_MS) break;
  }
  return found;
}

/** The first rows of A, columns of B and terms. */
export function corner({ a, b }: Matrices, k: number): Matrices {
  return { a: part(a, Math.min(SIDE, a.shape[0]!), k), b: part(b, k, Math.min(SIDE, b.shape[1]!)) };
}

function part(t: HostTensor, rows: number, columns: number): HostTensor {
  const width = t.shape[1]!;
  const out = viewOf(
    { dtype: t.dtype, shape: [rows, columns] },
    new ArrayBuffer(rows * columns * dtypeBytes(t.dtype)),
  );
  for (let row = 0; row < rows; row++)
    out.data.set(t.data.subarray(row * width, row * width + columns), row * columns);
  return out;
}

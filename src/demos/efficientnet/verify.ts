/** The forward pass held against the same network in double precision, on an image small enough for that. */
import type { Check } from '@/lab/report';
import type { Pool } from '@/lib/pool';
import { compare } from '@/lib/compare';
import { logitsOnCpu } from './walk';
import type { Subject } from './latency';

/** Relative, of all logits: rounding adds up over the layers. */
const TOLERANCE = 1e-4;

export async function verifyLogits(
  pool: Pool,
  subject: Subject,
  found: ArrayLike<number>,
  signal: AbortSignal,
): Promise<Check> {
  const expected = await logitsOnCpu(pool, subject, 'f64', signal);
  const { maxAbsError, relError, notFinite } = compare(found, expected);
  const finite = (value: number): number => (Number.isFinite(value) ? value : Number.MAX_VALUE);
  return {
    name: `efficientnet.logits at ${subject.side} px`,
    ...{ maxAbsError: finite(maxAbsError), relError: finite(relError), tolerance: TOLERANCE },
    ...{ rowsChecked: 1, rows: 1, pass: notFinite === 0 && relError <= TOLERANCE },
  };
}

/** Layouts of the peers: batch, sequence, head, size against our batch, head, sequence, size. */
import type { Values } from './contract';

/** [A, B, C, D] → [A, C, B, D]; its own inverse with B and C exchanged. */
export function swapMiddle<T extends Values>(values: T, [A, B, C, D]: readonly number[] & { length: 4 }): T {
  const out = values.slice() as T;
  for (let a = 0; a < A!; a++)
    for (let b = 0; b < B!; b++)
      for (let c = 0; c < C!; c++) {
        const from = ((a * B! + b) * C! + c) * D!;
        const to = ((a * C! + c) * B! + b) * D!;
        out.set(values.subarray(from, from + D!), to);
      }
  return out;
}

/** Layouts of the peers: batch, sequence, head, size against our batch, head, sequence, size; channels first against last. */
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
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

/** Elements of a tensor of `shape` with its axes in the order `perm`. */
export function permuted(
  values: Values,
  shape: readonly number[],
  perm: readonly number[],
): Float32Array<ArrayBuffer> {
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const [a = 1, b = 1, c = 1, d = 1] = perm.map((axis) => shape[axis] ?? 1);
  const [p = 0, q = 0, r = 0, s = 0] = perm.map((axis) => steps[axis] ?? 0);
  const out = new Float32Array(values.length);
  let to = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let l = 0; l < c; l++)
        for (let m = 0; m < d; m++) out[to++] = values[i * p + j * q + l * r + m * s] ?? 0;
  return out;
}

export const moved = ({ data, shape }: HostTensors[string], perm: readonly number[]): HostTensors[string] =>
  tensor(
    'f32',
    perm.map((axis) => shape[axis] ?? 1),
    permuted(data as Float32Array, shape, perm),
  );

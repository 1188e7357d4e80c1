/** The network of made weights walked on the CPU: in double precision, or by the kernels' tuned TypeScript. */
import type { Pool } from '@/lib/pool';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { blueprint } from '@/models/vision/blueprint';
import { madeImages } from '@/models/vision/made';
import { totals, trace } from '@/models/vision/trace';
import type { Node, Tensor } from '@/tensor/graph';
import { evaluate, inFloat64, onPool } from '@/tensor/onCpu';
import type { Subject } from './latency';
import { madeFor } from '@/models/vision/untrained';

export interface Walk {
  readonly nodes: readonly Node[];
  readonly given: ReadonlyMap<Tensor, HostTensor>;
  readonly logits: Tensor;
}

export function walkOf({ network, side, seed }: Subject): Walk {
  const made = madeFor(network, seed);
  const { x, leaves, all, logits } = blueprint(network, [1, side, side], made.origin.padding);
  const given = new Map<Tensor, HostTensor>([[x, madeImages(seed, x.shape)]]);
  for (const [layer, { weight, bias }] of made.weights) {
    const leaf = leaves.get(layer)!;
    given.set(leaf.weight, weight);
    given.set(leaf.bias, bias);
  }
  return { nodes: all, given, logits };
}

export async function logitsOnCpu(
  pool: Pool,
  subject: Subject,
  precision: 'f32' | 'f64',
  signal: AbortSignal,
): Promise<ArrayLike<number>> {
  const { nodes, given, logits } = walkOf(subject);
  const compute = precision === 'f32' ? onPool(pool, signal) : inFloat64(pool, signal);
  return valuesOf((await evaluate({ nodes, given }, compute)).get(logits)!);
}

/** Multiply-adds that the references do in about a second. */
const PROBE = 1.2e7;

/** The same network on the largest image, no larger than its own, on which a walk in double precision ends soon. */
export function probeOf({ network, side, seed }: Subject): Subject {
  let probe = Math.min(side, 64);
  while (probe > 32 && totals(trace(network, probe)).macs > PROBE) probe -= 4;
  return { network, side: probe, seed };
}

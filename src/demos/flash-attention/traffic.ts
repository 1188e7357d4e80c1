/** Memory traffic over on-chip size: what the forward kernels load and store, counted as they run. */
import { problemOf } from '@/gpu/bind';
import type { Plan } from '@/gpu/kernel';
import { makeOutputs } from '@/gpu/run';
import { countTraffic } from '@/gpu/traffic';
import { uploadAll } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import { kernel } from '@/shaders/attention/kernel';
import { planWith, tileBytes, tilesFor } from '@/shaders/attention/tiled';
import { random, type Shape } from './inputs';

export interface TrafficOverTiles {
  /** The sequence length that was counted at. */
  readonly n: number;
  readonly D: number;
  /** By size on chip, smallest first. */
  readonly points: readonly {
    readonly rows: number;
    readonly keys: number;
    readonly onChipBytes: number;
    /** Bytes that all workgroups load and store. */
    readonly counted: number;
    readonly predicted: number;
  }[];
  /** Bytes that the three naive kernels load and store; nothing where a matrix does not fit. */
  readonly naive: number | null;
}

/** Longer sequences are counted at this length: the law is the same, and every access is really made. */
const MOST_N = 1024;

/** One head of the current restriction at every tile that this adapter holds; counts do not depend on the values. */
export async function trafficOverTiles(
  { device, scope }: Pick<Context, 'device' | 'scope'>,
  shape: Shape,
  attrs: AttentionAttrs,
  signal: AbortSignal,
): Promise<TrafficOverTiles> {
  const n = Math.min(MOST_N, shape.T);
  const { D } = shape;
  const inputs = await random({ B: 1, H: 1, Hkv: 1, S: n, T: n, D }, 'f32', 1, signal);
  const problem = problemOf(kernel, inputs, attrs);
  const own = scope.child('traffic');
  const tensors = { ...uploadAll(device, own, inputs), ...makeOutputs(device, own, problem.outputs) };
  const count = async (plan: Plan): Promise<number> => {
    signal.throwIfAborted();
    const buffers = await countTraffic(device, own, plan, tensors, signal);
    return Object.values(buffers).reduce((sum, { loaded, stored }) => sum + loaded + stored, 0);
  };
  try {
    const points = [];
    const counting = new Map(
      tilesFor(problem, device.caps).map((tile) => [tileBytes(tile, problem, device.caps), tile]),
    );
    for (const [onChipBytes, tile] of counting) {
      const counted = await count(planWith(tile, problem, device.caps));
      const predicted = predictedBytes(n, D, onChipBytes);
      points.push({ rows: tile.ROWS, keys: tile.KEYS, onChipBytes, counted, predicted });
    }
    points.sort((a, b) => a.onChipBytes - b.onChipBytes);
    const { naive } = kernel.variants;
    const fits = naive?.unsupported?.(problem, device.caps) === undefined;
    return { n, D, points, naive: naive && fits ? await count(naive.plan(problem, device.caps)) : null };
  } finally {
    own.close();
  }
}

/** Bytes by the law: 4·N²d²/M words for the keys and values that stream past, q in and o out once; without masks. */
export const predictedBytes = (n: number, D: number, chipBytes: number): number =>
  4 * ((4 * n ** 2 * D ** 2) / (chipBytes / 4) + 2 * n * D);

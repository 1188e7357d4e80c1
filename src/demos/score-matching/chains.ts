/** Both runs of chains, plain and annealed, from the same start with the same noise, and the modes counted in every frame. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { toFloat64 } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { exactChains, type Chains } from '@/methods/score/exactChains';
import { countModes, type Counted, type Mode } from '@/methods/score/modes';
import { reachOf, uniformStart } from '@/methods/score/starts';
import { kinds, lastLevel, programOf, streams, type Kind } from './config';
import { Painter } from './paint';
import type { Params } from './params';

/** Points that are counted in a frame on its way; the last frame counts more. */
const COUNTED = 1024;

export interface Run {
  readonly chains: Chains;
  readonly painter: Painter;
  /** Of every frame that was kept. */
  readonly counts: readonly Counted[];
}
export interface Both {
  readonly scope: Scope;
  /** Half of the side of the square that is seen. */
  readonly half: number;
  readonly runs: Readonly<Record<Kind, Run>>;
}

export async function runBoth(
  device: Device,
  parent: Scope,
  params: Params,
  mixture: Mixture,
  modes: readonly Mode[],
  signal: AbortSignal,
): Promise<Both> {
  const scope = parent.child('chains');
  try {
    const half = 1.05 * reachOf(mixture);
    const start = uniformStart(mixture, params.particles, params.seed, streams.start);
    const runs: Partial<Record<Kind, Run>> = {};
    for (const kind of kinds) {
      const program = programOf(kind, params);
      const own = scope.child(kind);
      const chains = await exactChains(device, own, mixture, program, start, params.seed, signal);
      const painter = await Painter.bind(device, own, chains, half);
      const counts = await countFrames(device, chains, params, mixture, modes, signal);
      runs[kind] = { chains, painter, counts };
    }
    return { scope, half, runs: runs as Both['runs'] };
  } catch (error) {
    scope.close();
    throw error;
  }
}

async function countFrames(
  device: Device,
  { history, kept }: Chains,
  params: Params,
  mixture: Mixture,
  modes: readonly Mode[],
  signal: AbortSignal,
): Promise<Counted[]> {
  const size = 2 * history.shape[1]!;
  const counts: Counted[] = [];
  for (let frame = 0; frame < kept.length; frame++) {
    const points = toFloat64(await download(device, history, { from: frame * size, count: size }));
    const most = frame === kept.length - 1 ? 16_384 : COUNTED;
    counts.push(countModes(mixture, modes, points, lastLevel(params), most));
    signal.throwIfAborted();
  }
  return counts;
}

/** Both runs of chains, plain and annealed, from the same start with the same noise, and the modes counted in every frame. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { exactChains, type Chains } from '@/methods/score/exactChains';
import { learnedChains } from '@/methods/score/learnedChains';
import type { Learner } from '@/methods/score/learner';
import { countModes, type Counted, type Mode } from '@/methods/score/modes';
import { reachOf, uniformStart } from '@/methods/score/starts';
import { INK, ParticlePainter } from '@/shaders/draw-particles/painter';
import { kinds, lastLevel, programOf, streams, type Kind } from './config';
import type { Params } from './params';
import type { ShownBoth, ShownRun } from './shown';

/** Evaluations of a component that counting a frame on its way may take. */
const COUNT_COST = 12_000;
/** Particles that are counted in a frame on its way, and in the last. */
export const TRACED = 1024;
const LAST = 16_384;

/** Pixels of the largest picture. */
export const SIDE = 768;

export interface Run extends ShownRun {
  readonly chains: Chains;
  readonly painter: ParticlePainter;
}
export interface Both extends ShownBoth {
  readonly scope: Scope;
  readonly runs: Readonly<Record<Kind, Run>>;
}

/** Half of the side of the square that pictures and maps show. */
export const frameOf = (mixture: Mixture): number => 1.05 * reachOf(mixture);

/** Where in `history` the frame is, or the one kept before it. */
export const keptAt = ({ kept }: Pick<Chains, 'kept'>, frame: number): number =>
  kept.findLastIndex((each) => each <= frame);

interface Task {
  readonly params: Params;
  readonly mixture: Mixture;
  readonly modes: readonly Mode[];
  /** Whose score is followed; the exact one's without. */
  readonly learner?: Learner;
  /** How much of both runs is done. */
  readonly onShare?: (share: number) => void;
}

export async function runBoth(device: Device, parent: Scope, task: Task, signal: AbortSignal): Promise<Both> {
  const { params, mixture } = task;
  const scope = parent.child('chains');
  try {
    const half = frameOf(mixture);
    const start = uniformStart(mixture, params.particles, params.seed, streams.start);
    const runs: Partial<Record<Kind, Run>> = {};
    for (const [i, kind] of kinds.entries()) {
      const own = scope.child(kind);
      const chains = await chainsOf(device, own, kind, start, task, signal, (share) =>
        task.onShare?.((i + share) / kinds.length),
      );
      const painter = await ParticlePainter.bind(device, own, params.particles, { side: SIDE, ink: INK });
      const [trace, last] = await Promise.all([download(device, chains.trace), download(device, chains.x)]);
      const counts = await countFrames(trace, last, task, signal);
      runs[kind] = { program: chains.program, particles: params.particles, chains, painter, trace, counts };
    }
    return { scope, half, runs: runs as Both['runs'] };
  } catch (error) {
    scope.close();
    throw error;
  }
}

function chainsOf(
  device: Device,
  scope: Scope,
  kind: Kind,
  start: HostTensor,
  { params, mixture, learner }: Task,
  signal: AbortSignal,
  onFrame: (share: number) => void,
): Promise<Chains> {
  const options = { seed: params.seed, traced: TRACED };
  if (!learner) return exactChains(device, scope, mixture, programOf(kind, params), start, options, signal);
  const { training, reading } = learner;
  const program = programOf(kind, params, reading.output);
  return learnedChains(device, scope, training.working, reading, program, start, options, signal, onFrame);
}

export async function countFrames(
  trace: HostTensor,
  last: HostTensor,
  { params, mixture, modes }: Task,
  signal: AbortSignal,
): Promise<Counted[]> {
  const [frames = 0, rows = 0] = trace.shape;
  const values = toFloat64(trace);
  const most = Math.max(64, Math.min(TRACED, Math.floor(COUNT_COST / mixture.length)));
  const counts: Counted[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const isLast = frame === frames - 1;
    const points = isLast ? toFloat64(last) : values.subarray(2 * rows * frame, 2 * rows * (frame + 1));
    counts.push(countModes(mixture, modes, points, lastLevel(params), isLast ? LAST : most));
    if (frame % 8 !== 7) continue;
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return counts;
}

/** Frames of the first chains again in float64, each from where the GPU's own began, and a training step. */
import type { Check } from '@/lab/report';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import { Deviation } from '@/methods/diffusion/repeat';
import { advance, origin, type Denoiser } from '@/methods/diffusion/trajectory';
import type { Chains } from '@/methods/score/exactChains';
import { outputOf } from '@/methods/score/network';
import type { Learner } from '@/methods/score/learner';
import { normals } from '@/shaders/lib/gauss';

const CHAINS = 8;
/** Multiply-adds that the check of one run may take. */
const COST = 4e7;
/** The network's sums in single precision, over some twenty steps. */
const TOLERANCE = { exact: 1e-4, learned: 1e-3 };

/** What takes the place of D, and what one evaluation of it costs. */
export interface Followed {
  readonly of: 'exact' | 'learned';
  readonly denoiser: Denoiser;
  readonly cost: number;
}

export const exactly = (mixture: Mixture): Followed => ({
  of: 'exact',
  denoiser: denoiserOf(mixture),
  cost: 40 * mixture.length,
});

/** F of the network with these weights. */
export function byNetwork({ training, reading }: Learner, weights: ArrayLike<number>): Followed {
  const F = outputOf(training.layout.slices, weights);
  return {
    of: 'learned',
    denoiser([x, y], _s, sigma) {
      const cIn = reading.cIn(sigma);
      const [a, b] = F([cIn * x, cIn * y, reading.cNoise(sigma)]);
      return [a!, b!];
    },
    cost: training.layout.count,
  };
}

export async function verifyChains(
  kind: string,
  { program }: Pick<Chains, 'program'>,
  trace: HostTensor,
  { of, denoiser, cost }: Followed,
  seed: number,
  signal: AbortSignal,
): Promise<Check> {
  const [, rows = 0] = trace.shape;
  const values = toFloat64(trace);
  const steps = program.reduce((sum, { stages }) => sum + stages.length, 0);
  const affordable = COST / (steps * cost);
  const checked = Math.max(1, Math.min(rows, CHAINS, Math.floor(affordable)));
  // Where one chain is too long, every so many frames of it.
  const stride = Math.max(1, Math.ceil(1 / affordable));
  const deviation = new Deviation();
  for (let chain = 0; chain < checked; chain++) {
    const place = (frame: number): [number, number] => {
      const at = 2 * (frame * rows + chain);
      return [values[at]!, values[at + 1]!];
    };
    const noise = (stage: number): [number, number] => {
      const [a, b] = normals(chain, seed, stage);
      return [a, b];
    };
    let first = program[0]!.stages.length;
    for (let frame = 1; frame < program.length; frame++) {
      const { stages } = program[frame]!;
      const from = first;
      first += stages.length;
      if (frame % stride !== 0) continue;
      const wanted = advance({ ...origin, x: place(frame - 1) }, stages, denoiser, noise, from).x;
      deviation.add(place(frame), wanted);
    }
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return { name: `chains.${kind}`, ...deviation.against(TOLERANCE[of]), rowsChecked: checked, rows };
}

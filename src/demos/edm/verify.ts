/**
 * Every step of the first particles again in float64, each from where the GPU's own began. A whole trajectory would not
 * do: near a watershed between two modes the smallest rounding decides, in any precision.
 */
import type { Check } from '@/lab/report';
import { denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import type { Step } from '@/methods/diffusion/samplers';
import { advance, origin, type State } from '@/methods/diffusion/trajectory';
import { normals } from '@/shaders/lib/gauss';
import { NAME } from './charts';

/** The first particles at every level, [steps + 1, rows, 2]. */
export interface Trace {
  readonly rows: number;
  readonly values: Float64Array;
}

const PARTICLES = 16;
const TOLERANCE = 1e-4;

export async function verifySteps(
  { values: trace, rows }: Trace,
  program: readonly Step[],
  mixture: Mixture,
  seed: number,
  signal: AbortSignal,
): Promise<Check> {
  const denoiser = denoiserOf(mixture);
  const count = Math.min(rows, PARTICLES);
  const worst = { error: 0, norm: 0, most: 0, finite: true };
  for (let particle = 0; particle < count; particle++) {
    const place = (step: number): [number, number] => {
      const at = 2 * (step * rows + particle);
      return [trace[at]!, trace[at + 1]!];
    };
    const noise = (stage: number): [number, number] => {
      const [a, b] = normals(particle, seed, stage);
      return [a, b];
    };
    let state: State = origin;
    let first = 0;
    program.forEach(({ stages }, step) => {
      // What a sampler keeps (h, a) goes on in float64; x is the GPU's own.
      if (step > 0) state = { ...state, x: place(step - 1) };
      if (stages.some(({ langevin }) => langevin !== undefined)) {
        // The mean over all particles decides its size, which only the GPU knows.
        first += stages.length;
        return;
      }
      state = advance(state, stages, denoiser, noise, first);
      first += stages.length;
      const [x, y] = place(step);
      const error = Math.hypot(x - state.x[0], y - state.x[1]);
      worst.finite &&= Number.isFinite(error);
      worst.most = Math.max(worst.most, error);
      worst.error += error ** 2;
      worst.norm += state.x[0] ** 2 + state.x[1] ** 2;
    });
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  const relError = Math.sqrt(worst.error / Math.max(worst.norm, 1e-300));
  return {
    name: `${NAME}.steps`,
    maxAbsError: worst.most,
    relError,
    tolerance: TOLERANCE,
    rowsChecked: count,
    rows,
    pass: worst.finite && relError <= TOLERANCE,
  };
}

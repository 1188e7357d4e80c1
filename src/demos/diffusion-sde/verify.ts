/**
 * Every step of the first particles again in float64, each from where the GPU's own began: over a whole path the smallest
 * rounding near a watershed between two modes decides, in any precision.
 */
import type { Check } from '@/lab/report';
import { denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import type { Step } from '@/methods/diffusion/samplers';
import { advance, origin, type State } from '@/methods/diffusion/trajectory';
import { normals } from '@/shaders/lib/gauss';

/** The first particles at every step, [steps + 1, rows, 2]. */
export interface Trace {
  readonly rows: number;
  readonly values: Float64Array;
}

const PARTICLES = 16;
/** Components that are evaluated in float64, at most. */
const COST = 2e6;
const TOLERANCE = 1e-4;

export async function verifySteps(
  name: string,
  { values, rows }: Trace,
  program: readonly Step[],
  mixture: Mixture,
  seed: number,
  signal: AbortSignal,
): Promise<Check> {
  const denoiser = denoiserOf(mixture);
  const stages = program.reduce((sum, step) => sum + step.stages.length, 0);
  const count = Math.max(1, Math.min(rows, PARTICLES, Math.floor(COST / (stages * mixture.length))));
  const worst = { error: 0, norm: 0, most: 0, finite: true };
  for (let particle = 0; particle < count; particle++) {
    const place = (step: number): [number, number] => {
      const at = 2 * (step * rows + particle);
      return [values[at]!, values[at + 1]!];
    };
    const noise = (stage: number): [number, number] => {
      const [a, b] = normals(particle, seed, stage);
      return [a, b];
    };
    let state: State = origin;
    let first = 0;
    program.forEach(({ stages: own }, step) => {
      // The data that a run begins with are given.
      if (own.length === 0) return;
      // What a sampler keeps (h, a) goes on in float64; x is the GPU's own.
      if (step > 0) state = { ...state, x: place(step - 1) };
      state = advance(state, own, denoiser, noise, first);
      first += own.length;
      const [x, y] = place(step);
      const error = Math.hypot(x - state.x[0], y - state.x[1]);
      worst.finite &&= Number.isFinite(error);
      worst.most = Math.max(worst.most, error);
      worst.error += error ** 2;
      worst.norm += state.x[0] ** 2 + state.x[1] ** 2;
    });
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  const relError = Math.sqrt(worst.error / Math.max(worst.norm, 1e-300));
  return {
    name,
    ...{ maxAbsError: worst.most, relError, tolerance: TOLERANCE, rowsChecked: count, rows },
    pass: worst.finite && relError <= TOLERANCE,
  };
}

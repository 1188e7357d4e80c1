/**
 * Every step of the first particles again in float64, each from where the run's own began. A whole trajectory would not
 * do: near a watershed between two modes the smallest rounding decides, in any precision.
 */
import { normals } from '@/shaders/lib/gauss';
import { denoiserOf, type Mixture } from './mixture';
import { stretchesOf, type Step } from './samplers';
import { advance, origin, type State } from './trajectory';

export interface Trace {
  readonly rows: number;
  /** The first particles at every step, [steps, rows, 2]; where a run begins with data, they are its first step. */
  readonly values: Float64Array;
  /** What each Langevin stage was scaled by, in their order: the mean ‖score‖ of all particles before it. */
  readonly norms: ArrayLike<number>;
}

const PARTICLES = 16;
/** Components of the mixture that are evaluated, at most. */
const COST = 2e6;
/** Of a step in single precision, relative to where particles are. */
export const STEP_TOLERANCE = 1e-4;

/** How far particles are from where float64 puts them, over all that were compared. */
export class Deviation {
  private error = 0;
  private norm = 0;
  private most = 0;
  private finite = true;

  add(found: readonly [number, number], wanted: readonly [number, number]): void {
    const error = Math.hypot(found[0] - wanted[0], found[1] - wanted[1]);
    this.finite &&= Number.isFinite(error);
    this.most = Math.max(this.most, error);
    this.error += error ** 2;
    this.norm += wanted[0] ** 2 + wanted[1] ** 2;
  }

  against(tolerance: number) {
    const relError = Math.sqrt(this.error / Math.max(this.norm, 1e-300));
    return { maxAbsError: this.most, relError, tolerance, pass: this.finite && relError <= tolerance };
  }
}

/** How far the kept steps are from float64's, as a check without its name. */
export async function repeatSteps(
  { values, rows, norms }: Trace,
  program: readonly Step[],
  mixture: Mixture,
  seed: number,
  signal: AbortSignal,
) {
  const denoiser = denoiserOf(mixture);
  const total = program.reduce((sum, { stages }) => sum + stages.length, 0);
  const count = Math.max(1, Math.min(rows, PARTICLES, Math.floor(COST / (total * mixture.length))));
  const deviation = new Deviation();
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
    let [first, langevin] = [0, 0];
    program.forEach(({ stages }, step) => {
      // The data that a run begins with are given.
      if (stages.length === 0) return;
      // What a sampler keeps (h, a) goes on in float64; x is the run's own.
      if (step > 0) state = { ...state, x: place(step - 1) };
      for (const { from, count: length } of stretchesOf(stages)) {
        const norm = stages[from]!.langevin === undefined ? undefined : norms[langevin++];
        state = advance(state, stages.slice(from, from + length), denoiser, noise, first + from, norm);
      }
      first += stages.length;
      deviation.add(place(step), state.x);
    });
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return { ...deviation.against(STEP_TOLERANCE), rowsChecked: count, rows };
}

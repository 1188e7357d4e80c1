/**
 * Every step of the first particles again in float64, each from where the GPU's own began. A whole trajectory would not
 * do: near a watershed between two modes the smallest rounding decides, in any precision.
 */
import type { Check } from '@/lab/report';
import { denoise, denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import { stretchesOf, type Step } from '@/methods/diffusion/samplers';
import { advance, origin, type State } from '@/methods/diffusion/trajectory';
import { normals } from '@/shaders/lib/gauss';
import { NAME } from './charts';

/** The first particles at every level, [steps + 1, rows, 2]. */
export interface Trace {
  readonly rows: number;
  readonly values: Float64Array;
  /** What each Langevin stage was scaled by, in their order: the mean ‖score‖ of all particles before it. */
  readonly norms: ArrayLike<number>;
}

/** All particles after a step, [n, 2], where they were kept. */
export type Cloud = (step: number) => Promise<Float64Array | undefined>;

const PARTICLES = 16;
const TOLERANCE = 1e-4;
/** Levels at which the mean norm is computed anew, and particles that it is taken over at most. */
const LEVELS = 3;
const MOST_NORMED = 65_536;

export async function verifySteps(
  { values: trace, rows, norms }: Trace,
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
    let [first, langevin] = [0, 0];
    program.forEach(({ stages }, step) => {
      // What a sampler keeps (h, a) goes on in float64; x is the GPU's own.
      if (step > 0) state = { ...state, x: place(step - 1) };
      for (const { from, count: length } of stretchesOf(stages)) {
        const norm = stages[from]!.langevin === undefined ? undefined : norms[langevin++];
        state = advance(state, stages.slice(from, from + length), denoiser, noise, first + from, norm);
      }
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

/**
 * The mean ‖score‖ that Langevin steps were scaled by, anew in float64 over all particles as they were before the step; at
 * a few levels where all of them were kept. Nothing where there is no such step.
 */
export async function verifyNorms(
  { norms }: Trace,
  program: readonly Step[],
  mixture: Mixture,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<Check | undefined> {
  const starts = program.flatMap(({ stages }, step) =>
    stages.flatMap((stage, i) => (stage.langevin === undefined ? [] : [{ step, stage, isFirst: i === 0 }])),
  );
  const found: { readonly got: number; readonly wanted: number }[] = [];
  const chosen = new Set(
    Array.from({ length: LEVELS }, (_, i) => Math.round((i * (starts.length - 1)) / (LEVELS - 1))),
  );
  for (const at of starts.length === 0 ? [] : chosen) {
    const { step, stage, isFirst } = starts[at]!;
    // Within a step nothing is kept.
    const before = isFirst ? await cloud(step - 1) : undefined;
    if (!before || before.length > 2 * MOST_NORMED) continue;
    let sum = 0;
    for (let i = 0; i < before.length; i += 2) {
      sum += Math.hypot(...denoise(mixture, [before[i]!, before[i + 1]!], stage.s, stage.std).score);
      if (i % 4096 === 0) {
        await new Promise((resolve) => setTimeout(resolve));
        signal.throwIfAborted();
      }
    }
    found.push({ got: norms[at]!, wanted: (2 * sum) / before.length });
  }
  if (found.length === 0) return undefined;
  const errors = found.map(({ got, wanted }) => Math.abs(got - wanted));
  const relError = Math.max(...found.map(({ wanted }, i) => errors[i]! / wanted));
  return {
    name: `${NAME}.norms`,
    maxAbsError: Math.max(...errors),
    relError,
    tolerance: TOLERANCE,
    rowsChecked: found.length,
    rows: starts.length,
    pass: relError <= TOLERANCE,
  };
}

/** The mean norm of the score that Langevin steps are scaled by, held against float64. */
import type { Check } from '@/lab/report';
import { denoise, type Mixture } from '@/methods/diffusion/mixture';
import { STEP_TOLERANCE, type Trace } from '@/methods/diffusion/repeat';
import type { Step } from '@/methods/diffusion/samplers';
import { NAME } from './charts';

/** All particles after a step, [n, 2], where they were kept. */
export type Cloud = (step: number) => Promise<Float64Array | undefined>;

/** Levels at which the mean norm is computed anew, and particles that it is taken over at most. */
const LEVELS = 3;
const MOST_NORMED = 65_536;

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
    tolerance: STEP_TOLERANCE,
    rowsChecked: found.length,
    rows: starts.length,
    pass: relError <= STEP_TOLERANCE,
  };
}

/**
 * The forward SDE dx = f x dt + g dw between given levels. It is linear, so its transitions are known and no step size
 * enters: x_u = (s_u/s_t) x_t + √(std_u² − (s_u/s_t)² std_t²) z for t < u (Song et al. 2021, appendix B).
 */
import type { Row, Stage } from '@/shaders/lib/stages';
import type { Process } from './process';
import { levelAt, type Step } from './samplers';

/** A level of a process, σ = 0 being the data. */
export type LevelOf = Pick<Step, 't' | 'sigma'>;

/** x_u = share · x_t + noise · z, from the level nearer to the data. */
export function transition(
  process: Process,
  from: LevelOf,
  to: LevelOf,
): { readonly share: number; readonly noise: number } {
  const [near, far] = [levelAt(process, from), levelAt(process, to)];
  // Where no signal is left (σ = ∞), nothing of x_t is.
  if (far.s === 0) return { share: 0, noise: far.std };
  return {
    share: far.s / near.s,
    noise: far.s * Math.sqrt((to.sigma - from.sigma) * (to.sigma + from.sigma)),
  };
}

const [h, a]: [Row, Row] = [
  [0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0],
];

/** A program through rising levels; its first step, which has no stages, stands for the data that are given. */
export function forwardSteps(process: Process, levels: readonly LevelOf[]): Step[] {
  return levels.map(({ t, sigma }, i) => {
    const before = levels[i - 1];
    if (!before) return { t, sigma, stages: [] };
    const { share, noise } = transition(process, before, { t, sigma });
    const stage: Stage = { s: 1, std: 0, evaluates: false, x: [share, 0, 0, 0, noise], h, a };
    return { t, sigma, stages: [stage] };
  });
}

/**
 * Langevin dynamics, plain and annealed, as programs of stages (`shaders/lib/stages.ts`), cut into the frames that are kept.
 * With the noisy score as (D − x)/σ², a step is x ← (1 − α/σ²) x + (α/σ²) D + √(2α) z.
 */
import type { Step } from '@/methods/diffusion/samplers';
import type { Row, Stage } from '@/shaders/lib/stages';
import { stepSizes, type Ladder } from './ladder';

/** D = c_skip x + c_out F of what a network gives; the denoiser itself where there is none. */
export interface Output {
  readonly skip: number;
  readonly out: number;
}
export type OutputAt = (sigma: number) => Output;
export const denoiserItself: OutputAt = () => ({ skip: 0, out: 1 });

const still: Pick<Stage, 'h' | 'a'> = { h: [0, 1, 0, 0, 0], a: [0, 0, 1, 0, 0] };
const row = (x: number, d: number, z: number): Row => [x, 0, 0, d, z];

/** x += α score + √(2α) z */
function langevin(sigma: number, alpha: number, { skip, out }: Output): Stage {
  const rate = alpha / sigma ** 2;
  return {
    ...{ s: 1, std: sigma, evaluates: true, ...still },
    x: row(1 + rate * (skip - 1), rate * out, Math.sqrt(2 * alpha)),
  };
}

/** Where the particles were put, as the first frame. */
const start = (sigma: number): Step => ({
  t: sigma,
  sigma,
  stages: [{ s: 1, std: 0, evaluates: false, ...still, x: row(1, 0, 0) }],
});

/** `count` equal stages in at most `frames` steps of nearly equal length. */
function framed(stage: Stage, count: number, frames: number): Step[] {
  const most = Math.max(1, Math.min(frames, count));
  const ends = Array.from({ length: most + 1 }, (_, i) => Math.round((i * count) / most));
  return ends.slice(1).map((end, i) => ({
    t: stage.std,
    sigma: stage.std,
    stages: Array.from({ length: end - ends[i]! }, () => stage),
  }));
}

/** Frames of a whole run, about. */
export const FRAMES = 60;

/** `steps` steps of one size on the score at one level. */
export const plain = (sigma: number, alpha: number, steps: number, output = denoiserItself): Step[] => [
  start(sigma),
  ...framed(langevin(sigma, alpha, output(sigma)), steps, FRAMES),
];

/** T steps on every rung of the ladder; with `denoises`, then x += σ_L² s without noise (Song & Ermon 2020). */
export function annealed(ladder: Ladder, denoises: boolean, output = denoiserItself): Step[] {
  const { sigmas, stepsPerLevel } = ladder;
  const alphas = stepSizes(ladder);
  const frames = Math.max(1, Math.round(FRAMES / sigmas.length));
  const rungs = sigmas.flatMap((sigma, i) =>
    framed(langevin(sigma, alphas[i]!, output(sigma)), stepsPerLevel, frames),
  );
  const last = sigmas[sigmas.length - 1]!;
  const { skip, out } = output(last);
  const end: Stage = { s: 1, std: last, evaluates: true, ...still, x: row(skip, out, 0) };
  return [start(sigmas[0]!), ...rungs, ...(denoises ? [{ t: 0, sigma: 0, stages: [end] }] : [])];
}

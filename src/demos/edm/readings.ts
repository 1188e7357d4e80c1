/** One network output, read four ways: F of the preconditioning in force gives D, and D and x give x₀, ε, v and the score. */
import { denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import {
  combinationOf,
  combinationOfF,
  denoisedFrom,
  outputFrom,
  type Combination,
} from '@/methods/diffusion/parameterisation';
import type { Preconditioning } from '@/methods/diffusion/preconditioning';

export type Point = readonly [number, number];
export const readingNames = ['x0', 'eps', 'v', 'score'] as const;
export type ReadingName = (typeof readingNames)[number];
export type OutputName = ReadingName | 'F';

export interface Level {
  readonly s: number;
  readonly std: number;
}

/** A particle at a level: what the network says there, and what that means. */
export interface Reading extends Readonly<Record<OutputName, Point>> {
  readonly x: Point;
  /** D computed back from each output alone, and x. */
  readonly back: Readonly<Record<OutputName, Point>>;
}

/** Where there is no noise nothing is predicted; where there is no signal neither ε nor the score says anything of x₀. */
export const readable = ({ s, std }: Level): boolean => s > 0 && std > 0;

export function readingsAt(
  mixture: Mixture,
  preconditioning: Preconditioning,
  { s, std }: Level,
  points: readonly Point[],
): Reading[] {
  const denoiser = denoiserOf(mixture);
  const ofF = combinationOfF(preconditioning, s, std / s);
  const all = { F: ofF } as Record<OutputName, Combination>;
  for (const name of readingNames) all[name] = combinationOf(name, s, std);
  return points.map((x) => {
    const exact = denoiser(x, s, std);
    const each = (of: (axis: 0 | 1) => number): Point => [of(0), of(1)];
    // The network's output is F; everything else is read from it.
    const F = each((axis) => outputFrom(ofF, exact[axis], x[axis]));
    const d = each((axis) => denoisedFrom(ofF, F[axis], x[axis]));
    const outputs = Object.fromEntries(
      Object.entries(all).map(([name, c]) => [name, each((axis) => outputFrom(c, d[axis], x[axis]))]),
    ) as Record<OutputName, Point>;
    const back = Object.fromEntries(
      Object.entries(all).map(([name, c]) => {
        return [name, each((axis) => denoisedFrom(c, outputs[name as OutputName][axis], x[axis]))];
      }),
    ) as Record<OutputName, Point>;
    return { ...outputs, F, x, back };
  });
}

/** Root mean square of a component. */
export function sizeOf(readings: readonly Reading[], name: OutputName): number {
  const sum = readings.reduce((total, { [name]: [a, b] }) => total + a * a + b * b, 0);
  return Math.sqrt(sum / (2 * readings.length));
}

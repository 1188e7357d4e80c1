/** The noise levels of a schedule by its name, with its paper's bounds or with the reader's. */
import type { ProcessName } from './names';
import { cosine, processes, vp, type Process } from './process';
import {
  alphaBars,
  type Bounds,
  cosineSigmas,
  ddpmBetas,
  ddpmSigmas,
  edmSigmas,
  flowSigmas,
  geometricSigmas,
  iddpmAllowed,
  vpSigmas,
} from './schedules';

export const scheduleNames = ['edm', 'vp', 've', 'iddpm', 'ddpm', 'flow', 'cosine'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** The schedule that a process has in its own paper. */
export const ownSchedule: Readonly<Record<ProcessName, ScheduleName>> = {
  vp: 'vp',
  ve: 've',
  'sub-vp': 'vp',
  edm: 'edm',
  flow: 'flow',
  ddpm: 'ddpm',
};

const IDDPM_BOUNDS: Bounds = { sigmaMin: 0.002, sigmaMax: 81 };

/** The first level of each process's own schedule. */
const largest: Readonly<Record<ProcessName, number>> = {
  ...{ vp: vp().sigma(1), ve: 100, 'sub-vp': processes['sub-vp']().sigma(1) },
  ...{ edm: 80, flow: Infinity, ddpm: ddpmSigmas(1)[0]! },
};

export interface LevelOptions {
  readonly rho?: number;
  /** Flow matching's shift of t. */
  readonly shift?: number;
  /** In place of the paper's. */
  readonly bounds?: Bounds | undefined;
}

const evenly = (N: number, from: number, to: number): number[] =>
  Array.from({ length: N }, (_, i) => (N === 1 ? from : from + (i / (N - 1)) * (to - from)));

/** N falling levels, the last above 0. Sub-VP's own schedule is VP's in t. */
export function levelsOf(
  schedule: ScheduleName,
  N: number,
  { rho = 7, shift = 1, bounds }: LevelOptions = {},
  process: ProcessName = 'edm',
): number[] {
  const between = (from: Process, { sigmaMin, sigmaMax }: Bounds): number[] =>
    evenly(N, from.timeOf(sigmaMax), from.timeOf(sigmaMin)).map(from.sigma);
  switch (schedule) {
    case 'edm':
      return edmSigmas(N, bounds ?? { sigmaMin: 0.002, sigmaMax: 80 }, rho);
    case 've':
      return geometricSigmas(N, bounds ?? { sigmaMin: 0.02, sigmaMax: 100 });
    case 'iddpm':
      return among(N, iddpmAllowed(bounds ?? IDDPM_BOUNDS), bounds ?? IDDPM_BOUNDS);
    case 'vp': {
      const own = process === 'sub-vp' ? processes['sub-vp']() : vp();
      return bounds ? between(own, bounds) : vpSigmas(N, 1e-3, own);
    }
    case 'cosine':
      return bounds ? between(cosine(), bounds) : cosineSigmas(N);
    case 'flow': {
      // Only a process that ends on s = 0 has a time for σ = ∞; the others begin where their own levels do.
      const asked = bounds?.sigmaMax ?? Infinity;
      const sigmaMax = asked === Infinity ? largest[process] : asked;
      return bounds ? between(processes.flow(), { ...bounds, sigmaMax }) : flowSigmas(N, shift, sigmaMax);
    }
    case 'ddpm':
      return bounds ? among(N, ddpmAllowed(bounds), bounds) : ddpmSigmas(N);
  }
}

/** DDPM's own levels within the bounds, falling. */
const ddpmAllowed = ({ sigmaMin, sigmaMax }: Bounds): number[] =>
  [...alphaBars(ddpmBetas())]
    .map((bar) => Math.sqrt((1 - bar) / bar))
    .filter((sigma) => sigma >= sigmaMin && sigma <= sigmaMax)
    .reverse();

/**
 * N of the levels that a model was trained on, at evenly spaced rounded indices. Where there are fewer, between them in
 * ln σ: a level visited twice would be a step of no length.
 */
function among(N: number, allowed: readonly number[], bounds: Bounds): number[] {
  const last = allowed.length - 1;
  if (last < 1) return geometricSigmas(N, bounds);
  if (N <= allowed.length) return evenly(N, 0, last).map((i) => allowed[Math.round(i)]!);
  return evenly(N, 0, last).map((i) => {
    const low = Math.min(last - 1, Math.floor(i));
    return allowed[low]! * (allowed[low + 1]! / allowed[low]!) ** (i - low);
  });
}

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
  iddpmSigmas,
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
      return iddpmSigmas(N, bounds ?? IDDPM_BOUNDS);
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
      return bounds ? ddpmWithin(N, bounds) : ddpmSigmas(N);
  }
}

/** DDPM's own levels within the bounds, falling. */
const ddpmAllowed = ({ sigmaMin, sigmaMax }: Bounds): number[] =>
  [...alphaBars(ddpmBetas())]
    .map((bar) => Math.sqrt((1 - bar) / bar))
    .filter((sigma) => sigma >= sigmaMin && sigma <= sigmaMax)
    .reverse();

/** At evenly spaced rounded indices. */
function ddpmWithin(N: number, bounds: Bounds): number[] {
  const allowed = ddpmAllowed(bounds);
  return evenly(N, 0, allowed.length - 1).map((i) => allowed[Math.round(i)]!);
}

/** How many different levels a schedule has: those of a model that was trained on some alone are counted. */
export function mostLevels(schedule: ScheduleName, bounds?: Bounds): number {
  if (schedule === 'ddpm') return bounds ? ddpmAllowed(bounds).length : 1000;
  if (schedule === 'iddpm') return iddpmAllowed(bounds ?? IDDPM_BOUNDS).length;
  return Infinity;
}

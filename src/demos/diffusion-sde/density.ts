/** The density along an axis of the plane through time: of each run by counting particles, of the process in closed form. */
import { normalCdf } from '@/lib/stats';
import type { Mixture } from '@/methods/diffusion/mixture';
import { levelAt } from '@/methods/diffusion/samplers';
import type { WindowAttrs } from '@/shaders/lib/window';
import type { LevelOf } from '@/methods/diffusion/forward';
import type { Process } from '@/methods/diffusion/process';
import { kinds, type Kind } from './kinds';

export const axes = ['x', 'y'] as const;
export type Axis = (typeof axes)[number];

/** Cells from the frame's upper end to its lower. */
export const BINS = 96;
/** Levels that are shown, at most: each is a column. */
const COLUMNS = 160;

export interface Densities {
  readonly axis: Axis;
  /** Numbers of the levels, from the data on. */
  readonly levels: readonly number[];
  /** [BINS, levels] each, row by row from the frame's upper end; half the frame's side is the unit of length. */
  readonly runs: Readonly<Record<Kind, Float32Array<ArrayBuffer>>>;
  readonly exact: Float32Array<ArrayBuffer>;
  /** The largest exact value. */
  readonly most: number;
}

/** Evenly chosen from the levels at which all runs were kept. */
export const columnsOf = (kept: readonly number[]): number[] => {
  const count = Math.min(COLUMNS, kept.length);
  return Array.from({ length: count }, (_, i) => kept[Math.round((i * (kept.length - 1)) / (count - 1))]!);
};

/** A run's step, and half of the frame's side at its level. */
export interface Strip {
  readonly step: number;
  readonly half: number;
}

/** A strip of cells along an axis, the upper end first, as wide across as any particle may be. */
export function stripOf(axis: Axis, half: number): WindowAttrs {
  const far = 1e6 * half;
  return axis === 'x'
    ? { left: half, right: -half, width: BINS, top: far, bottom: -far, height: 1 }
    : { left: -far, right: far, width: 1, top: half, bottom: -half, height: BINS };
}

/** The process's own share of particles in each cell of a strip. */
export function exactShares(
  mixture: Mixture,
  { s, std }: { readonly s: number; readonly std: number },
  axis: Axis,
  half: number,
): Float64Array {
  const shares = new Float64Array(BINS);
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, mean, cos, sin, lambda } of mixture) {
    const [a, b] = axis === 'x' ? [cos, sin] : [sin, cos];
    const deviation = Math.sqrt(s * s * (lambda[0] * a * a + lambda[1] * b * b) + std * std);
    const centre = s * mean[axis === 'x' ? 0 : 1];
    const below = (edge: number): number =>
      normalCdf((half - (2 * half * edge) / BINS - centre) / Math.max(deviation, 1e-9 * half));
    let upper = below(0);
    for (let i = 0; i < BINS; i++) {
      const lower = below(i + 1);
      shares[i]! += (weight / total) * (upper - lower);
      upper = lower;
    }
  }
  return shares;
}

interface Task {
  readonly process: Process;
  readonly mixture: Mixture;
  readonly axis: Axis;
  /** Of all levels, from the data on, and of those shown. */
  readonly of: readonly LevelOf[];
  readonly levels: readonly number[];
  readonly half: (level: number) => number;
  /** [levels, BINS] shares of a run's particles. */
  readonly counted: (kind: Kind) => Promise<ArrayLike<number>>;
}

export async function densitiesOf(task: Task, signal: AbortSignal): Promise<Densities> {
  const { process, mixture, axis, of, levels, half } = task;
  const cell = 2 / BINS;
  const across = levels.length;
  const laid = (shares: (column: number, bin: number) => number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: BINS * across }, (_, i) => shares(i % across, Math.floor(i / across)) / cell);
  const runs: Partial<Record<Kind, Float32Array<ArrayBuffer>>> = {};
  for (const kind of kinds) {
    const shares = await task.counted(kind);
    runs[kind] = laid((column, bin) => shares[column * BINS + bin]!);
  }
  const columns: Float64Array[] = [];
  for (const level of levels) {
    columns.push(exactShares(mixture, levelAt(process, of[level]!), axis, half(level)));
    if (columns.length % 16 !== 0) continue;
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  const exact = laid((column, bin) => columns[column]![bin]!);
  return {
    ...{ axis, levels, exact },
    runs: runs as Densities['runs'],
    most: exact.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** The density that has the last colour: near the data, peaks of few cells would leave the rest dark. */
export const shownMost = ({ most }: Pick<Densities, 'most'>): number => Math.min(most, 2.5);

/**
 * How curved the probability-flow ODE's trajectories are, in float64, and what a straight step loses, level by level. Karras
 * et al. 2022, §3: with s = 1 and σ = t the slope dx/dt = (x − D)/t turns only where D changes; how the levels lie decides
 * where the loss falls.
 */
import { denoiserOf, sample, spreadOf, type Mixture } from '@/methods/diffusion/mixture';
import { scheduleNames, type ScheduleName } from '@/methods/diffusion/levels';
import { processNames, type ProcessName } from '@/methods/diffusion/names';
import { processes, type Process } from '@/methods/diffusion/process';
import { Random } from '@/lib/random';

type Point = readonly [number, number];
const FOLLOWED = 24;
/** Runge–Kutta steps between two levels. */
const FINE = 8;
const STREAM = 2 ** 31 + 4;

const plus = (a: Point, b: Point, by: number): Point => [a[0] + by * b[0], a[1] + by * b[1]];

function slopeOf(process: Process, mixture: Mixture): (x: Point, t: number) => Point {
  const denoiser = denoiserOf(mixture);
  return (x, t) => {
    const d = denoiser(x, process.s(t), process.std(t));
    const [rate, pull] = [process.rate(t), process.pull(t)];
    return [rate * x[0] - pull * d[0], rate * x[1] - pull * d[1]];
  };
}

/** Along the ODE from time t to u in steps of Runge and Kutta, even in ln σ. */
function follow(
  slope: (x: Point, t: number) => Point,
  process: Process,
  from: Point,
  t: number,
  u: number,
): Point {
  const [high, low] = [process.sigma(t), process.sigma(u)];
  // From σ = ∞ evenly in t, where a flow is nearly straight.
  const time = (i: number): number =>
    i === 0
      ? t
      : i === FINE
        ? u
        : high === Infinity
          ? t + ((u - t) * i) / FINE
          : process.timeOf(high * (low / high) ** (i / FINE));
  let x = from;
  for (let i = 0; i < FINE; i++) {
    const [a, b] = [time(i), time(i + 1)];
    const h = b - a;
    const k1 = slope(x, a);
    const k2 = slope(plus(x, k1, h / 2), (a + b) / 2);
    const k3 = slope(plus(x, k2, h / 2), (a + b) / 2);
    const k4 = slope(plus(x, k3, h), b);
    x = [
      x[0] + (h / 6) * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]),
      x[1] + (h / 6) * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]),
    ];
  }
  return x;
}

/** Exact points of the marginal at a level: where trajectories are. */
function cloud(mixture: Mixture, seed: number, s: number, std: number): Point[] {
  const random = new Random(seed, STREAM);
  const points = sample(mixture, FOLLOWED, random);
  return Array.from({ length: FOLLOWED }, (_, i) => [
    s * points[2 * i]! + std * random.normal(),
    s * points[2 * i + 1]! + std * random.normal(),
  ]);
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
};

export interface StepError {
  readonly sigma: number;
  /** The level that the step ends on. */
  readonly to: number;
  /** Median ‖x_Euler − x‖/s after one step from exact points, in units of the data's spread. */
  readonly error: number;
}

/** What one straight step loses from each level to the next. */
export function stepErrors(
  process: Process,
  mixture: Mixture,
  sigmas: readonly number[],
  seed: number,
): StepError[] {
  const slope = slopeOf(process, mixture);
  const unit = Math.sqrt(2 * spreadOf(mixture));
  return sigmas.slice(0, -1).flatMap((sigma, i) => {
    const [t, u] = [process.timeOf(sigma), process.timeOf(sigmas[i + 1]!)];
    const errors = cloud(mixture, seed, process.s(t), process.std(t)).map((x) => {
      const straight = plus(x, slope(x, t), u - t);
      const exact = follow(slope, process, x, t, u);
      return Math.hypot(straight[0] - exact[0], straight[1] - exact[1]) / (unit * process.s(u));
    });
    return [{ sigma, to: sigmas[i + 1]!, error: median(errors) }];
  });
}

export interface Bend {
  readonly sigma: number;
  /** Median ‖d(dx/dt)/d ln σ‖/‖dx/dt‖ along the trajectory: 0 where it is straight and walked evenly. */
  readonly bend: number;
}

/** How fast the slope changes along trajectories, at each σ. */
export function bends(process: Process, mixture: Mixture, sigmas: readonly number[], seed: number): Bend[] {
  const slope = slopeOf(process, mixture);
  const SHARE = 0.02;
  return sigmas.map((sigma) => {
    const [t, u] = [process.timeOf(sigma), process.timeOf(sigma * Math.exp(-SHARE))];
    const found = cloud(mixture, seed, process.s(t), process.std(t)).map((x) => {
      const [before, after] = [slope(x, t), slope(follow(slope, process, x, t, u), u)];
      return Math.hypot(after[0] - before[0], after[1] - before[1]) / (SHARE * Math.hypot(...before));
    });
    return { sigma, bend: median(found) };
  });
}

export interface Line<K extends string, V> {
  readonly name: K;
  readonly values: readonly V[];
}
export interface Curvature {
  readonly bends: readonly Line<ProcessName, Bend>[];
  readonly schedules: readonly Line<ScheduleName, StepError>[];
  readonly processes: readonly Line<ProcessName, StepError>[];
}

const BENT_AT = 21;

/** Bends of every process; what a step loses under every schedule on one process, and on every process under one schedule. */
export async function curvature(
  mixture: Mixture,
  {
    process,
    seed,
    levels,
  }: { process: ProcessName; seed: number; levels: (name: ScheduleName | 'own') => readonly number[] },
  signal: AbortSignal,
): Promise<Curvature> {
  const sigmas = Array.from({ length: BENT_AT }, (_, i) => 0.004 * 20_000 ** (i / (BENT_AT - 1)));
  /** A page stays alive in between. */
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  };
  const all = {
    bends: [] as Line<ProcessName, Bend>[],
    schedules: [] as Line<ScheduleName, StepError>[],
    processes: [] as Line<ProcessName, StepError>[],
  };
  for (const name of processNames) {
    const each = processes[name]();
    all.bends.push({ name, values: bends(each, mixture, sigmas, seed) });
    await turn();
    all.processes.push({ name, values: stepErrors(each, mixture, levels('own'), seed) });
    await turn();
  }
  for (const name of scheduleNames) {
    all.schedules.push({ name, values: stepErrors(processes[process](), mixture, levels(name), seed) });
    await turn();
  }
  return all;
}

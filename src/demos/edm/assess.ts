/** What takes longer than a frame to say of a run: distance to the exact distribution, and the order of convergence. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import type { Metrics } from '@/lab/session';
import { Random } from '@/lib/random';
import { toFloat64 } from '@/lib/tensor';
import { slicedWasserstein } from '@/methods/diffusion/distance';
import { denoiserOf, sample, spreadOf, type Mixture } from '@/methods/diffusion/mixture';
import { deterministic, type SamplerName } from '@/methods/diffusion/names';
import { Particles } from '@/methods/diffusion/particles';
import { evaluations, steps } from '@/methods/diffusion/samplers';
import { advance, origin } from '@/methods/diffusion/trajectory';
import { normals } from '@/shaders/lib/gauss';
import { levelsOf, ownSchedule } from '@/methods/diffusion/levels';
import { processOf, programOf, sigmasOf } from './config';
import type { Params } from './params';

/** Streams of the seed beside the sampler's stages, which count from 0. */
const EXACT = 2 ** 31;

/** Sliced Wasserstein distance of the samples to exact ones, and that of two exact samples of the same size. */
export function distances(samples: Float64Array, mixture: Mixture, seed: number): Metrics {
  const n = Math.min(samples.length / 2, 16384);
  const [one, two] = [0, 1].map((i) => sample(mixture, n, new Random(seed, EXACT + i))) as [
    Float64Array,
    Float64Array,
  ];
  return { distance: slicedWasserstein(samples, one), exactDistance: slicedWasserstein(two, one) };
}

/** Trajectories that the order is fitted on. */
const FOLLOWED = 48;
/** Levels of the reference: its own error is 1e-8. */
const REFINED = 601;
const SIZES = [16, 24, 36, 54, 81, 122, 183, 275, 413, 620, 930] as const;

export interface Convergence {
  readonly sampler: SamplerName;
  readonly steps: readonly number[];
  readonly nfe: readonly number[];
  /**
   * Median over the trajectories of ‖x_N − x‖, in units of the data's spread, at the last level above 0. The median: of
   * those that begin on a watershed between modes some end in another one until N is large.
   */
  readonly errors: readonly number[];
  /** Slope of ln error over ln N before the error meets the floor of f32. */
  readonly order: number;
}

/** Single precision's rounding, grown by as many steps; a Runge–Kutta trajectory has no less. */
const FLOOR = 3e-6;

/** Whether a run follows from where it starts. */
export const follows = ({ sampler, eta, 'network-error': error }: Params): boolean =>
  error === 0 && deterministic.includes(sampler) && (sampler !== 'ddim' || eta === 0);

/**
 * A sampler without noise, run by the GPU at growing N from σ_max to σ_min, against float64 trajectories of the same
 * starting noise (`exact`).
 */
export async function convergence(
  device: Device,
  scope: Scope,
  params: Params,
  mixture: Mixture,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<Convergence> {
  const unit = Math.sqrt(2 * spreadOf(mixture));
  const fitted = withEnds(params);
  const errors: number[] = [];
  const nfe: number[] = [];
  for (const N of SIZES) {
    const own = scope.child('convergence');
    try {
      // N steps between N + 1 levels; the step to 0 is left out.
      const program = programOf(fitted, N + 1).slice(0, -1);
      const options = { particles: FOLLOWED, seed: params.seed };
      const run = await Particles.create(device, own, mixture, program, options);
      await run.run(signal);
      const found = toFloat64(await download(device, run.x));
      const each = Array.from({ length: FOLLOWED }, (_, i) =>
        Math.hypot(found[2 * i]! - wanted[2 * i]!, found[2 * i + 1]! - wanted[2 * i + 1]!),
      ).sort((a, b) => a - b);
      errors.push(each[FOLLOWED / 2]! / unit);
      nfe.push(evaluations(program));
    } finally {
      own.close();
    }
  }
  return { sampler: params.sampler, steps: SIZES, nfe, errors, order: slope(SIZES, errors) };
}

/** Least squares in logarithms, over the four largest N above the floor, where the asymptote is. */
function slope(sizes: readonly number[], errors: readonly number[]): number {
  // Past the first that meets the floor, rounding makes the error grow again.
  const met = errors.findIndex((error) => error <= FLOOR);
  const points = sizes
    .slice(0, met < 0 ? undefined : met)
    .map((N, i) => [Math.log(N), Math.log(errors[i]!)] as const)
    .slice(-4);
  if (points.length < 2) return NaN;
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, p) => sum + p[axis]!, 0) / points.length) as [
    number,
    number,
  ];
  const top = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return -top / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

/**
 * The levels of flow matching and of DDPM end the nearer to 0 the more there are; so that every N goes the same way, their
 * ends are fixed.
 */
function withEnds(params: Params): Params {
  const { process, schedule, bounds } = params;
  const ends = { flow: [0.002, Infinity], ddpm: [0.0101, 157.4] } as const;
  const own = schedule === 'own' ? ownSchedule[process] : schedule;
  if (bounds === 'custom' || (own !== 'flow' && own !== 'ddpm')) return params;
  const [low, high] = ends[own];
  return { ...params, bounds: 'custom', 'sigma-min': low, 'sigma-max': high };
}

/** Runge–Kutta of order four in float64 between the same first and last level. */
export async function exact(params: Params, mixture: Mixture, signal: AbortSignal): Promise<number[]> {
  const own = sigmasOf(withEnds(params), REFINED);
  const [sigmaMax, sigmaMin] = [own[0]!, own[own.length - 1]!];
  // EDM's levels can be refined without end, and are best where they end; a flow begins at ∞.
  const sigmas =
    sigmaMax === Infinity
      ? [Infinity, ...levelsOf('edm', REFINED, { bounds: { sigmaMin, sigmaMax: 1000 } })]
      : levelsOf('edm', REFINED, { bounds: { sigmaMin, sigmaMax } });
  const stages = steps(processOf(params), 'pf-ode', sigmas)
    .slice(0, -1)
    .flatMap((step) => step.stages);
  const denoiser = denoiserOf(mixture);
  const found: number[] = [];
  for (let particle = 0; particle < FOLLOWED; particle++) {
    const noise = (stage: number): [number, number] => {
      const [a, b] = normals(particle, params.seed, stage);
      return [a, b];
    };
    found.push(...advance(origin, stages, denoiser, noise).x);
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return found;
}

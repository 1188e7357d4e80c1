/** The maps of the log density by fixed and by adaptive steps, and the error over the number of steps: each when asked for. */
import type { Check, Series } from '@/lab/report';
import type { Metrics } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { logLikelihood } from '@/methods/diffusion/likelihood';
import type { Mixture } from '@/methods/diffusion/mixture';
import { sampleRows } from '@/gpu/rows';
import { compare } from '@/lib/compare';
import { probeOf } from '@/shaders/lib/probe';
import { kernel as adaptiveKernel } from '@/shaders/mixture-adaptive/kernel';
import { kernel as fixedKernel } from '@/shaders/mixture-likelihood/kernel';
import { processOf, streams } from './config';
import {
  componentsOf,
  endsOf,
  exactAt,
  firstLevel,
  fromEnd,
  LEAST_TOLERANCE,
  likelihoodKey,
  meanDistance,
  MOST_STEPS,
  pixels,
  probeAttrsOf,
  tableOf,
  type Compute,
} from './likelihood';
import type { Params } from './params';

type Numbers = Float32Array<ArrayBuffer>;

/** All in nats, row by row from the upper left. */
export interface FixedMap {
  readonly side: number;
  readonly half: number;
  readonly ode: Numbers;
  readonly exact: Numbers;
  /** |ode − exact| */
  readonly error: Numbers;
  readonly meanError: number;
}
export interface AdaptiveMap {
  readonly tolerance: number;
  readonly ode: Numbers;
  readonly evaluations: Numbers;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  /** Points whose path the bound on steps cut short. */
  readonly unfinished: number;
  readonly meanError: number;
  /** From the fixed steps' map. */
  readonly apart: number;
  /** Evaluations that a sample takes, from noise to data, on average. */
  readonly sampler: number;
}
export interface Curve {
  readonly steps: readonly number[];
  readonly errors: readonly number[];
  /** Of RK45 over the same points. */
  readonly adaptive: { readonly evaluations: number; readonly error: number };
}

const CURVE = [8, 16, 32, 64, 128, 256, 512];
/** Of the map's pixels, every so many along an axis are enough for a curve. */
const SPARSE = 4;
const SAMPLES = 1024;
const CHECKED = 64;
/** Components that are evaluated in float64 for the check, at most. */
const COST = 2e6;
const TOLERANCE = 2e-5;

interface Kept<T> {
  readonly key: string;
  readonly value: T;
}

export class Likelihoods {
  private kept: { fixed?: Kept<FixedMap>; adaptive?: Kept<AdaptiveMap>; curve?: Kept<Curve> } = {};

  constructor(
    private readonly mixture: Mixture,
    /** Pixels of the map along a side. */
    readonly side: number,
    private readonly compute: Compute,
  ) {}

  /** @param half of the side of the square that is mapped */
  async fixed(params: Params, half: number, signal: AbortSignal): Promise<FixedMap> {
    const { side, mixture } = this;
    const key = likelihoodKey(params, 'likelihood-steps');
    if (this.kept.fixed?.key === key) return this.kept.fixed.value;
    const x = pixels(side, half);
    const ode = await this.steps(params, x, params['likelihood-steps'], signal);
    const exact = exactAt(params, mixture, x);
    const error = ode.map((value, i) => Math.abs(value - exact[i]!));
    const value = { side, half, ode, exact, error, meanError: meanDistance(ode, exact) };
    this.kept.fixed = { key, value };
    return value;
  }

  async adaptive(params: Params, half: number, signal: AbortSignal): Promise<AdaptiveMap> {
    const key = likelihoodKey(params, 'likelihood-steps', 'tolerance');
    if (this.kept.adaptive?.key === key) return this.kept.adaptive.value;
    const { ode: fixed, exact } = await this.fixed(params, half, signal);
    const { sigmaMin, sigmaMax } = endsOf(params);
    const tolerance = Math.max(LEAST_TOLERANCE, params.tolerance);
    const attrs = { ...probeAttrsOf(params), tolerance, most: MOST_STEPS };
    const components = componentsOf(this.mixture);
    const { s } = firstLevel(params);
    const x = pixels(this.side, half);
    const y = tensor(
      'f32',
      x.shape,
      Float32Array.from(x.data, (value) => value / s),
    );
    const found = await this.compute(
      adaptiveKernel,
      { y, components },
      { ...attrs, from: sigmaMin, to: sigmaMax, density: true },
      signal,
    );
    const noise = new Random(params.seed, streams.judged).normals(2 * SAMPLES, sigmaMax);
    const samples = await this.compute(
      adaptiveKernel,
      { y: tensor('f32', [SAMPLES, 2], noise), components },
      { ...attrs, from: sigmaMax, to: sigmaMin, density: false },
      signal,
    );
    const end = found.end!;
    const ode = Float32Array.from(fixed, (_, i) =>
      fromEnd(params, [end[2 * i]!, end[2 * i + 1]!], found.change![i]!),
    );
    const evaluations = Float32Array.from(found.evaluations!);
    const value: AdaptiveMap = {
      ...{ tolerance, ode, evaluations },
      mean: meanOf(evaluations),
      least: evaluations.reduce((a, b) => Math.min(a, b)),
      most: evaluations.reduce((a, b) => Math.max(a, b)),
      unfinished: Array.from(found.left!).filter((left) => left > 0).length,
      meanError: meanDistance(ode, exact),
      apart: meanDistance(ode, fixed),
      sampler: meanOf(samples.evaluations!),
    };
    this.kept.adaptive = { key, value };
    return value;
  }

  async curve(params: Params, half: number, signal: AbortSignal): Promise<Curve> {
    const key = likelihoodKey(params, 'tolerance');
    if (this.kept.curve?.key === key) return this.kept.curve.value;
    const adaptive = await this.adaptive(params, half, signal);
    const { side } = this;
    const middle = SPARSE >> 1;
    const chosen = Array.from({ length: Math.floor(side / SPARSE) ** 2 }, (_, i) => {
      const across = Math.floor(side / SPARSE);
      const [row, column] = [SPARSE * Math.floor(i / across) + middle, SPARSE * (i % across) + middle];
      return row * side + column;
    });
    const all = pixels(side, half);
    const list = chosen.flatMap((i) => [all.data[2 * i]!, all.data[2 * i + 1]!]);
    const x = tensor('f32', [chosen.length, 2], list);
    const exact = exactAt(params, this.mixture, x);
    const errors: number[] = [];
    for (const steps of CURVE) errors.push(meanDistance(await this.steps(params, x, steps, signal), exact));
    const of = (values: Numbers): number[] => chosen.map((i) => values[i]!);
    const value: Curve = {
      ...{ steps: CURVE, errors },
      adaptive: {
        evaluations: meanOf(of(adaptive.evaluations)),
        error: meanDistance(of(adaptive.ode), exact),
      },
    };
    this.kept.curve = { key, value };
    return value;
  }

  private async steps(
    params: Params,
    x: ReturnType<typeof pixels>,
    steps: number,
    signal: AbortSignal,
  ): Promise<Numbers> {
    const inputs = { x, table: tableOf(params, steps), components: componentsOf(this.mixture) };
    const { logp } = await this.compute(fixedKernel, inputs, probeAttrsOf(params), signal);
    return Float32Array.from(logp!);
  }

  /** Some points of the map again in float64, by the definition rather than by the kernel's table. */
  async verify(params: Params, half: number, signal: AbortSignal): Promise<Check> {
    const { mixture, side } = this;
    const { ode } = await this.fixed(params, half, signal);
    const steps = params['likelihood-steps'];
    const count = Math.max(4, Math.min(CHECKED, Math.floor(COST / (4 * steps * mixture.length))));
    const rows = sampleRows(ode.length, count);
    const process = processOf(params);
    const x = pixels(side, half).data;
    const expected: number[] = [];
    for (const row of rows) {
      const probe = params.hutchinson ? { probe: probeOf(row, probeAttrsOf(params)) } : {};
      const options = { ...endsOf(params), steps, ...probe };
      expected.push(logLikelihood(process, mixture, [x[2 * row]!, x[2 * row + 1]!], options));
      // A page stays alive meanwhile.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    const found = rows.map((row) => ode[row]!);
    const { relError, maxAbsError, notFinite } = compare(found, expected, rows.length);
    return {
      name: 'likelihood',
      ...{ maxAbsError, relError, tolerance: TOLERANCE, rowsChecked: rows.length, rows: ode.length },
      pass: notFinite === 0 && relError <= TOLERANCE,
    };
  }

  async metrics(params: Params, half: number, signal: AbortSignal): Promise<Metrics> {
    const { meanError } = await this.fixed(params, half, signal);
    const adaptive = await this.adaptive(params, half, signal);
    await this.curve(params, half, signal);
    return {
      likelihoodError: meanError,
      likelihoodErrorAdaptive: adaptive.meanError,
      nfeAdaptive: adaptive.mean,
      nfeSampler: adaptive.sampler,
    };
  }

  series(): readonly Series[] {
    const curve = this.kept.curve?.value;
    if (!curve) return [];
    return [{ name: 'likelihood error over steps', unit: 'nats', x: [...curve.steps], y: [...curve.errors] }];
  }
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

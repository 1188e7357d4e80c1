/** The three runs between data and noise, on a GPU or without one: what of them does not depend on where they ran. */
import type { Check, Measurement, Series } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { Range } from '@/shaders/draw-heatmap/painter';
import { parseDrawing, type Drawing } from '@/methods/diffusion/drawing';
import { spreadOf, type Mixture } from '@/methods/diffusion/mixture';
import { repeatSteps, type Trace } from '@/methods/diffusion/repeat';
import { evaluations, levelAt, type Step } from '@/methods/diffusion/samplers';
import { processOf, runKey, seedOf, stepAt } from './config';
import { columnsOf, densitiesOf, type Axis, type Densities, type Strip } from './density';
import { firstLevel, type Compute } from './likelihood';
import { Likelihoods, type AdaptiveMap, type Curve, type FixedMap } from './likelihoods';
import { chosen, lawChecks, lawMetrics, lawSeries, lawsOf, type Laws } from './laws';
import { kinds, type Kind } from './kinds';
import type { Params } from './params';

/** The frame shows this many standard deviations to each side. */
const MARGIN = 2.6;

type Point = readonly [number, number];

export abstract class SdeSession implements Session<Params> {
  readonly tensors = [...kinds, 'times', 'sigmas'];
  /** The data's mean square along an axis. */
  private readonly spread: number;
  private maps: Likelihoods | undefined;
  private laws: { readonly key: string; readonly value: Laws } | undefined;

  constructor(
    protected params: Params,
    readonly mixture: Mixture,
    private readonly files: Context['files'],
  ) {
    this.spread = spreadOf(mixture);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.includes('mixture') || changed.includes('data')) return 'restart';
    this.params = params;
    return 'live';
  }

  /** What the reader drew, where that is the distribution. */
  get drawing(): Drawing | undefined {
    return this.params.mixture && this.files.mixture ? parseDrawing(this.files.mixture) : undefined;
  }

  /** What ran last; nothing before the first run. */
  abstract get ran():
    { readonly key: string; readonly programs: Readonly<Record<Kind, readonly Step[]>> } | undefined;
  /** Numbers of the levels at which all three runs were kept. */
  abstract get kept(): readonly number[];
  abstract trace(kind: Kind): Promise<Trace>;
  /** The first particles at a kept level, `CLOUD` at most. */
  protected abstract cloud(kind: Kind, level: number): Promise<Float64Array>;
  /** [strips, BINS] shares of the run's particles in the cells of each strip. */
  protected abstract shares(
    kind: Kind,
    axis: Axis,
    strips: readonly Strip[],
    signal: AbortSignal,
  ): Promise<ArrayLike<number>>;
  protected abstract run(signal: AbortSignal): Promise<void>;
  abstract measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement>;
  /** Runs a kernel where the session runs. */
  protected abstract readonly compute: Compute;
  /** Pixels along a side of the maps of the density. */
  protected abstract readonly mapSide: number;
  drawMap?(target: GPUTexture, camera: Camera, values: Float32Array<ArrayBuffer>, range: Range): void;
  drawLevel?(target: GPUTexture, camera: Camera, kind: Kind, level: number): void;
  drawDensity?(target: GPUTexture, camera: Camera, of: Densities, kind: Kind | 'exact'): void;

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    if (this.ran?.key !== runKey(this.params)) {
      await this.run(signal);
      this.laws = undefined;
    }
    const { reverse, ode } = this.programs;
    return { nfeReverse: evaluations(reverse), nfeOde: evaluations(ode) };
  }

  get programs(): Readonly<Record<Kind, readonly Step[]>> {
    if (!this.ran) throw new Error('nothing was computed yet');
    return this.ran.programs;
  }

  /** From the data on. */
  get levels(): readonly Pick<Step, 't' | 'sigma'>[] {
    return this.programs.forward;
  }

  /** The marginal's root mean square along an axis. */
  unit(level: number): number {
    const { s, std } = levelAt(processOf(this.params), this.levels[level]!);
    return Math.sqrt(s * s * this.spread + std * std);
  }

  /** Half of the side of the square that is shown at a level: the cloud fills it at every one. */
  window(level: number): number {
    return MARGIN * this.unit(level);
  }

  private get likelihoods(): Likelihoods {
    return (this.maps ??= new Likelihoods(this.mixture, this.mapSide, this.compute));
  }
  /** Half of the side of the square whose density is mapped. */
  private get mapped(): number {
    const { s, std } = firstLevel(this.params);
    return MARGIN * Math.sqrt(s * s * this.spread + std * std);
  }
  fixedMap(signal: AbortSignal): Promise<FixedMap> {
    return this.likelihoods.fixed(this.params, this.mapped, signal);
  }
  adaptiveMap(signal: AbortSignal): Promise<AdaptiveMap> {
    return this.likelihoods.adaptive(this.params, this.mapped, signal);
  }
  likelihoodCurve(signal: AbortSignal): Promise<Curve> {
    return this.likelihoods.curve(this.params, this.mapped, signal);
  }

  /** Paths of the first particles by level, in units of the frame at each. */
  async paths(kind: Kind, count: number): Promise<readonly (readonly Point[])[]> {
    const { rows, values } = await this.trace(kind);
    const last = this.levels.length - 1;
    return Array.from({ length: Math.min(count, rows) }, (_, row) =>
      this.levels.map((_level, j): Point => {
        const at = 2 * ((kind === 'forward' ? j : last - j) * rows + row);
        const half = this.window(j);
        return [values[at]! / half, values[at + 1]! / half];
      }),
    );
  }

  /** The density along an axis at many levels, of each run and of the process itself. */
  density(axis: Axis, signal: AbortSignal): Promise<Densities> {
    const { mixture, params } = this;
    const levels = columnsOf(this.kept);
    const last = this.levels.length - 1;
    const strips = (kind: Kind): Strip[] =>
      levels.map((level) => ({ step: stepAt(kind, level, last), half: this.window(level) }));
    return densitiesOf(
      {
        ...{ process: processOf(params), mixture, axis, of: this.levels, levels },
        half: (level) => this.window(level),
        counted: (kind) => this.shares(kind, axis, strips(kind), signal),
      },
      signal,
    );
  }

  async ensureLaws(signal: AbortSignal): Promise<Laws> {
    const key = `${runKey(this.params)} ${this.params.reference}`;
    if (this.laws?.key === key) return this.laws.value;
    const { params, mixture, levels, kept } = this;
    const value = await lawsOf(
      {
        ...{ params, mixture, levels, kept },
        cloud: (kind, level) => this.cloud(kind, level),
        unit: (level) => this.unit(level),
      },
      signal,
    );
    this.laws = { key, value };
    return value;
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const checks: Check[] = [];
    for (const kind of kinds) {
      const trace = await this.trace(kind);
      const seed = seedOf(kind, this.params);
      const repeated = await repeatSteps(trace, this.programs[kind], this.mixture, seed, signal);
      checks.push({ name: `steps.${kind}`, ...repeated });
    }
    checks.push(await this.likelihoods.verify(this.params, this.mapped, signal));
    return [...checks, ...lawChecks(await this.ensureLaws(signal))];
  }

  async assess(signal: AbortSignal): Promise<Metrics> {
    const laws = lawMetrics(await this.ensureLaws(signal));
    return { ...laws, ...(await this.likelihoods.metrics(this.params, this.mapped, signal)) };
  }

  series(): readonly Series[] {
    return [...(this.laws ? lawSeries(this.laws.value) : []), ...this.likelihoods.series()];
  }

  async read(name: string): Promise<HostTensor> {
    const at = chosen(this.kept);
    const column = (of: (level: Pick<Step, 't' | 'sigma'>) => number): HostTensor =>
      tensor(
        'f32',
        [at.length],
        at.map((level) => of(this.levels[level]!)),
      );
    if (name === 'times') return column(({ t }) => t);
    if (name === 'sigmas') return column(({ sigma }) => sigma);
    const kind = kinds.find((each) => each === name);
    if (!kind) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    const clouds: Float64Array[] = [];
    for (const level of at) clouds.push(await this.cloud(kind, level));
    return tensor(
      'f32',
      [at.length, clouds[0]!.length / 2, 2],
      clouds.flatMap((points) => [...points]),
    );
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  /** Everything follows from the parameters. */
  restore(): Promise<void> {
    return Promise.resolve();
  }
}

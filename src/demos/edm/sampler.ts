/** A sampler's run, on a GPU or without one: what of it does not depend on where it ran. */
import type { Check, Measurement, Series } from '@/lab/report';
import type { Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { tensor, toFloat64, type HostTensor } from '@/lib/tensor';
import { parseDrawing, type Drawing } from '@/methods/diffusion/drawing';
import { levelsOf, ownSchedule, type ScheduleName } from '@/methods/diffusion/levels';
import { spreadOf, type Mixture } from '@/methods/diffusion/mixture';
import { repeatSteps, type Trace } from '@/methods/diffusion/repeat';
import { levelAt, type Step } from '@/methods/diffusion/samplers';
import { distances } from './assess';
import { NAME } from './charts';
import { processOf } from './config';
import { curvature, type Curvature } from './curvature';
import type { Params } from './params';
import { verifyNorms, type Cloud } from './verify';

/** The frame shows this many standard deviations to each side. */
const MARGIN = 2.6;

/** Steps that are compared, and their ends: those of EDM. */
const STEPS = 18;
const ENDS = { sigmaMin: 0.002, sigmaMax: 80 };

type Point = readonly [number, number];
type Level = ReturnType<typeof levelAt>;

export abstract class SamplerSession implements Session<Params> {
  readonly tensors = ['samples', 'times', 'sigmas'];
  /** The data's variance along an axis. */
  private readonly spread: number;

  constructor(
    protected params: Params,
    readonly mixture: Mixture,
    private readonly files: Context['files'],
  ) {
    this.spread = spreadOf(this.mixture);
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

  /** The levels and stages that ran; nothing before the first run. */
  abstract get ran(): readonly Step[] | undefined;
  abstract trace(): Promise<Trace>;
  protected abstract cloud(...args: Parameters<Cloud>): ReturnType<Cloud>;
  protected abstract samples(): Promise<HostTensor>;
  abstract step(n: number, signal: AbortSignal): Promise<Metrics>;
  abstract measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement>;
  series(): readonly Series[] {
    return [];
  }

  get program(): readonly Step[] {
    if (!this.ran) throw new Error('nothing was computed yet');
    return this.ran;
  }

  /** The level that a step ends on. */
  level(step: number): Level {
    return this.levelOf(this.program, step);
  }

  levelOf(program: readonly Step[], step: number): Level {
    return levelAt(processOf(this.params), program[step]!);
  }

  /** Half of the side of the square that is shown at a step: the cloud fills it at every level. */
  window(step: number): number {
    return this.windowAt(this.level(step));
  }

  windowAt({ s, std }: Level): number {
    return MARGIN * Math.sqrt(s * s * this.spread + std * std);
  }

  /** Paths of the first particles, in units of the frame at each level. */
  async paths(count: number): Promise<readonly (readonly Point[])[]> {
    const { rows, values } = await this.trace();
    const windows = this.program.map((_, step) => this.window(step));
    return Array.from({ length: Math.min(count, rows) }, (_, row) =>
      windows.map((half, step): Point => {
        const at = 2 * (step * rows + row);
        return [values[at]! / half, values[at + 1]! / half];
      }),
    );
  }

  /** How curved trajectories are, and what straight steps lose: between the same ends for all. */
  curvature(signal: AbortSignal): Promise<Curvature> {
    const { process, seed, schedule, rho, shift } = this.params;
    const own = schedule === 'own' ? ownSchedule[process] : schedule;
    const levels = (name: ScheduleName | 'own'): readonly number[] =>
      levelsOf(name === 'own' ? own : name, STEPS, { rho, shift, bounds: ENDS });
    return curvature(this.mixture, { process, seed, levels }, signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const trace = await this.trace();
    const { program, mixture } = this;
    const repeated = await repeatSteps(trace, program, mixture, this.params.seed, signal);
    const steps: Check = { name: `${NAME}.steps`, ...repeated };
    const norms = await verifyNorms(trace, program, mixture, (step) => this.cloud(step), signal);
    return norms ? [steps, norms] : [steps];
  }

  async assess(signal: AbortSignal): Promise<Metrics> {
    const found = distances(toFloat64(await this.samples()), this.mixture, this.params.seed);
    signal.throwIfAborted();
    return found;
  }

  async read(name: string): Promise<HostTensor> {
    const { program } = this;
    const column = (of: (step: Step) => number): HostTensor =>
      tensor('f32', [program.length], program.map(of));
    if (name === 'samples') return this.samples();
    if (name === 'times') return column(({ t }) => t);
    if (name === 'sigmas') return column(({ sigma }) => sigma);
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  /** Everything follows from the parameters. */
  restore(): Promise<void> {
    return Promise.resolve();
  }
}

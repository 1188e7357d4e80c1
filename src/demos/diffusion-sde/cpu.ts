/** The three runs where there is no GPU: the same programs by the kernel's baseline, on all cores. */
import { cpuSeries } from '@/lab/cpuSeries';
import type { Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor, toFloat64, valuesOf, type HostTensor } from '@/lib/tensor';
import { sample, type Mixture } from '@/methods/diffusion/mixture';
import { keptSteps } from '@/methods/diffusion/particles';
import { particlesOnCpu } from '@/methods/diffusion/particlesOnCpu';
import type { Trace } from '@/methods/diffusion/repeat';
import { baseline as count } from '@/shaders/histogram-2d/baseline';
import type { Bench } from '@/shaders/measure';
import { MAP, NAME } from './charts';
import { programsOf, runKey, seedOf, stepAt, streams } from './config';
import { BINS, stripOf, type Axis, type Strip } from './density';
import { kinds, type Kind } from './kinds';
import { CLOUD } from './laws';
import { CPU_SIDE, onPool, type Compute } from './likelihood';
import { measureAll } from './measureAll';
import type { Params } from './params';
import { SdeSession } from './session';

const TRACED = 64;

interface Run {
  readonly trace: Trace;
  /** [n, 2] by step, of those that are kept. */
  readonly clouds: ReadonlyMap<number, HostTensor>;
}
interface Result {
  readonly key: string;
  readonly programs: ReturnType<typeof programsOf>;
  readonly runs: Readonly<Record<Kind, Run>>;
  readonly kept: readonly number[];
}

export class CpuSdeSession extends SdeSession {
  private result: Result | undefined;
  protected readonly mapSide = CPU_SIDE;
  protected readonly compute: Compute;

  constructor(
    private readonly ctx: CpuContext,
    params: Params,
    mixture: Mixture,
  ) {
    super(params, mixture, ctx.files);
    this.compute = onPool(ctx.pool);
  }

  get ran(): Result | undefined {
    return this.result;
  }

  get kept(): readonly number[] {
    return this.current().kept;
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { params } = this;
    const programs = programsOf(params);
    const runs: Partial<Record<Kind, Run>> = {};
    const last = programs.forward.length - 1;
    const kept = keptSteps(last + 1, params.particles).map((step) => last - step);
    for (const kind of kinds) {
      const steps = new Set(kept.map((level) => stepAt(kind, level, last)));
      runs[kind] = await this.runOne(kind, programs[kind], steps, signal);
    }
    this.result = {
      ...{ key: runKey(params), programs, runs: runs as Result['runs'] },
      kept: kept.reverse(),
    };
  }

  private async runOne(
    kind: Kind,
    program: Result['programs'][Kind],
    steps: ReadonlySet<number>,
    signal: AbortSignal,
  ): Promise<Run> {
    const { particles: n, seed } = this.params;
    const rows = Math.min(n, TRACED);
    const values = new Float64Array(2 * rows * program.length);
    const clouds = new Map<number, HostTensor>();
    const data =
      kind === 'forward'
        ? Float32Array.from(sample(this.mixture, n, new Random(seed, streams.data)))
        : new Float32Array(2 * n);
    let x = tensor('f32', [n, 2], data);
    let step = 0;
    const given = { x, seed: seedOf(kind, this.params) };
    for await (x of particlesOnCpu(this.ctx.pool, this.mixture, program, given, signal)) {
      values.set(valuesOf(x).subarray(0, 2 * rows), 2 * rows * step);
      if (steps.has(step)) clouds.set(step, x);
      step += 1;
    }
    return { trace: { rows, values, norms: [] }, clouds };
  }

  trace(kind: Kind): Promise<Trace> {
    return Promise.resolve(this.current().runs[kind].trace);
  }

  protected cloud(kind: Kind, level: number): Promise<Float64Array> {
    const step = stepAt(kind, level, this.levels.length - 1);
    return Promise.resolve(toFloat64(this.cloudAt(kind, step)).subarray(0, 2 * CLOUD));
  }

  protected shares(kind: Kind, axis: Axis, strips: readonly Strip[]): Promise<ArrayLike<number>> {
    const shares = new Float64Array(strips.length * BINS);
    for (const [i, { step, half }] of strips.entries()) {
      const x = this.cloudAt(kind, step);
      const strip = stripOf(axis, half);
      const counts = count({ x: { ...x, data: Float32Array.from(valuesOf(x)) } }, strip, [0, strip.height])
        .counts as Int32Array;
      counts.forEach((value, bin) => (shares[i * BINS + bin] = value / x.shape[0]!));
    }
    return Promise.resolve(shares);
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const series = [NAME, MAP].flatMap((name) => cpuSeries(point, name));
    // What is measured without variants gets the pool and the files alone.
    const bench = this.ctx as unknown as Bench & Pick<CpuContext, 'files'>;
    if (series.length > 0) yield* measureAll(bench, { ...point, series }, signal);
  }

  private cloudAt(kind: Kind, step: number): HostTensor {
    const cloud = this.current().runs[kind].clouds.get(step);
    if (!cloud) throw new RangeError(`step ${step} was not kept`);
    return cloud;
  }

  private current(): Result {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

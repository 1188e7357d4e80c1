/** The sampler where there is no GPU: the same program by the kernel's baseline, on all cores. */
import { cpuSeries } from '@/lab/cpuSeries';
import type { Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { tensor, toFloat64, valuesOf, type HostTensor } from '@/lib/tensor';
import { denoise, type Mixture } from '@/methods/diffusion/mixture';
import { particlesOnCpu } from '@/methods/diffusion/particlesOnCpu';
import type { Step } from '@/methods/diffusion/samplers';
import type { Stage } from '@/shaders/lib/stages';
import type { Bench } from '@/shaders/measure';
import { NAME } from './charts';
import { programOf } from './config';
import { measure } from './measure';
import type { Params } from './params';
import { metricsOf } from './session';
import { SamplerSession } from './sampler';
import type { Trace } from '@/methods/diffusion/repeat';

const TRACED = 256;
/** Particles that the mean norm of the score is taken over: its error is a hundredth. */
const NORMED = 4096;

export class CpuEdmSession extends SamplerSession {
  private result:
    { readonly program: readonly Step[]; readonly x: HostTensor; readonly trace: Trace } | undefined;

  constructor(
    private readonly ctx: CpuContext,
    params: Params,
    mixture: Mixture,
  ) {
    super(params, mixture, ctx.files);
  }

  get ran(): readonly Step[] | undefined {
    return this.result?.program;
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { particles: n, seed } = this.params;
    const program = programOf(this.params);
    const rows = Math.min(n, TRACED);
    const values = new Float64Array(2 * rows * program.length);
    const norms: number[] = [];
    const meanScore = (at: HostTensor, stage: Stage): number => {
      const norm = this.meanScore(at, stage);
      norms.push(norm);
      return norm;
    };
    let x = tensor('f32', [n, 2], new Float32Array(2 * n));
    let step = 0;
    const given = { x, seed, meanScore };
    for await (x of particlesOnCpu(this.ctx.pool, this.mixture, program, given, signal))
      values.set(valuesOf(x).subarray(0, 2 * rows), 2 * rows * step++);
    this.result = { program, x, trace: { rows, values, norms } };
    return metricsOf(program);
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const series = cpuSeries(point, NAME);
    // What is measured without variants gets the pool and the files alone.
    const bench = this.ctx as unknown as Bench & Pick<CpuContext, 'files'>;
    if (series.length > 0) yield* measure(bench, { ...point, series }, signal);
  }

  trace(): Promise<Trace> {
    return Promise.resolve(this.current().trace);
  }

  /** The norms are computed in float64 as they are. */
  protected cloud(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  protected samples(): Promise<HostTensor> {
    return Promise.resolve(this.current().x);
  }

  private meanScore(x: HostTensor, { s, std }: { readonly s: number; readonly std: number }): number {
    const values = toFloat64(x);
    const n = Math.min(values.length / 2, NORMED);
    let sum = 0;
    for (let i = 0; i < n; i++)
      sum += Math.hypot(...denoise(this.mixture, [values[2 * i]!, values[2 * i + 1]!], s, std).score);
    return sum / n;
  }

  private current(): NonNullable<CpuEdmSession['result']> {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

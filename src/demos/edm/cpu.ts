/** The sampler where there is no GPU: the same program by the kernel's baseline, on all cores. */
import type { Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { tensor, toFloat64, valuesOf, type HostTensor } from '@/lib/tensor';
import { denoise, packed, type Mixture } from '@/methods/diffusion/mixture';
import { stretchesOf, type Step } from '@/methods/diffusion/samplers';
import { STAGE, tableOf } from '@/shaders/lib/stages';
import type { Bench } from '@/shaders/measure';
import { kernel } from '@/shaders/mixture-steps/kernel';
import { NAME } from './charts';
import { programOf } from './config';
import { measure } from './measure';
import type { Params } from './params';
import { metricsOf } from './session';
import { SamplerSession } from './sampler';
import type { Trace } from './verify';

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
    const stages = program.flatMap((each) => each.stages);
    const list = packed(this.mixture);
    const given = {
      table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
      components: tensor('f32', [list.length / 8, 8], list),
    };
    const zeros = tensor('f32', [n, 2], new Float32Array(2 * n));
    let state = { x: zeros, h: zeros, a: zeros };
    const rows = Math.min(n, TRACED);
    const values = new Float64Array(2 * rows * program.length);
    const norms: number[] = [];
    let first = 0;
    for (const [step, { stages: own }] of program.entries()) {
      for (const { from, count } of stretchesOf(own)) {
        const isLangevin = own[from]!.langevin !== undefined;
        const norm = isLangevin ? this.meanScore(state.x, own[from]!) : 0;
        if (isLangevin) norms.push(norm);
        const inputs = { ...state, ...given, control: tensor('f32', [4], [norm, 0, 0, 0]) };
        const attrs = { seed, first: first + from, count };
        const found = await this.ctx.pool.compute(kernel.name, inputs, attrs, n, signal);
        const of = (name: 'x' | 'h' | 'a'): HostTensor => ({
          ...zeros,
          data: found[name] as HostTensor['data'],
        });
        state = { x: of('x'), h: of('h'), a: of('a') };
      }
      first += own.length;
      values.set(valuesOf(state.x).subarray(0, 2 * rows), 2 * rows * step);
    }
    this.result = { program, x: state.x, trace: { rows, values, norms } };
    return metricsOf(program);
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const cpuOnly = (point.series ?? []).filter(({ device }) => device === 'cpu');
    const series = point.series
      ? cpuOnly
      : (['one-core', 'all-cores'] as const).map((variant) => {
          return { role: 'cpu', label: { en: '', zh: '' }, name: NAME, variant, device: 'cpu' } as const;
        });
    // What is measured without variants gets the pool and the files alone.
    const bench = this.ctx as unknown as Bench & Pick<CpuContext, 'files'>;
    yield* measure(bench, { ...point, series }, signal);
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

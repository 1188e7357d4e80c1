/** The sampler on the GPU: particles from the prior to the data, their picture at every level, the order it fits. */
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import type { Measurement, Series } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics } from '@/lab/session';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { deterministic } from '@/methods/diffusion/names';
import { Particles } from '@/methods/diffusion/particles';
import { evaluations, type Step } from '@/methods/diffusion/samplers';
import { INK, ParticlePainter } from '@/shaders/draw-particles/painter';
import { convergence, exact, follows, type Convergence } from './assess';
import { programOf } from './config';
import { generateDigits, repeatDigits, type Drawn, type Frame, type Repeated, type Weights } from './digits';
import { measure } from './measure';
import type { Params } from './params';
import { dataSetOf, remember, type Remembered } from './remember';
import { SamplerSession } from './sampler';
import type { Trace } from '@/methods/diffusion/repeat';

/** Pixels of the largest picture. */
export const SIDE = 1024;

export class EdmSession extends SamplerSession {
  private result:
    { readonly scope: Scope; readonly particles: Particles; readonly painter: ParticlePainter } | undefined;
  private found: Convergence | undefined;
  private exact: { readonly key: string; readonly ends: readonly number[] } | undefined;

  constructor(
    private readonly ctx: Context,
    params: Params,
    mixture: Mixture,
  ) {
    super(params, mixture, ctx.files);
  }

  get ran(): readonly Step[] | undefined {
    return this.result?.particles.program;
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { device } = this.ctx;
    const { particles: n, seed } = this.params;
    const program = programOf(this.params);
    const scope = this.ctx.scope.child('particles');
    try {
      const particles = await Particles.create(device, scope, this.mixture, program, { particles: n, seed });
      await particles.run(signal);
      const painter = await ParticlePainter.bind(device, scope, n, { side: SIDE, ink: INK });
      signal.throwIfAborted();
      this.result?.scope.close();
      this.result = { scope, particles, painter };
      this.found = undefined;
    } catch (error) {
      scope.close();
      throw error;
    }
    return metricsOf(program);
  }

  override async assess(signal: AbortSignal): Promise<Metrics> {
    const { device, scope } = this.ctx;
    const { params, mixture } = this;
    const far = await super.assess(signal);
    if (!follows(params)) return far;
    const wanted = await this.reference(signal);
    this.found = await convergence(device, scope, params, mixture, wanted, signal);
    const { order } = this.found;
    return { ...far, ...(Number.isFinite(order) ? { order } : {}) };
  }

  /** Every sampler without noise on this process and these levels, one after another. */
  async compare(
    report: (sofar: readonly Convergence[]) => void,
    signal: AbortSignal,
  ): Promise<readonly Convergence[]> {
    const { device, scope } = this.ctx;
    const wanted = await this.reference(signal);
    const found: Convergence[] = [];
    for (const sampler of deterministic) {
      const params = { ...this.params, sampler, eta: 0, 'network-error': 0 };
      found.push(await convergence(device, scope, params, this.mixture, wanted, signal));
      report([...found]);
    }
    return found;
  }

  /** The same sampler over the exact denoiser of a finite data set, on the attention kernels. */
  remember(signal: AbortSignal): Promise<Remembered> {
    const { device, scope, files } = this.ctx;
    return remember(device, scope, this.params, dataSetOf(this.params, this.mixture, files), signal);
  }

  /** Digit images over the exact denoiser of those that are known. */
  repeat(report: (frame: Frame) => void, signal: AbortSignal): Promise<Repeated> {
    const { device, scope } = this.ctx;
    return repeatDigits(device, scope, this.params, report, signal);
  }

  /** Digit images by the network. */
  generate(weights: Weights, report: (frame: Frame) => void, signal: AbortSignal): Promise<Drawn> {
    const { device, scope } = this.ctx;
    return generateDigits(device, scope, this.params, weights, report, signal);
  }

  override series(): readonly Series[] {
    if (!this.found) return [];
    const { steps, nfe, errors } = this.found;
    return [
      { name: 'error', unit: '', x: [...steps], y: [...errors] },
      { name: 'nfe', unit: '', x: [...steps], y: [...nfe] },
    ];
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, signal);
  }

  drawStep(target: GPUTexture, camera: Camera, step: number): void {
    if (!this.result) return;
    const { particles, painter } = this.result;
    painter.draw(target, camera, particles.history, particles.keptAt(step), this.window(step));
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawStep(target, camera, this.program.length - 1);
  }

  async trace(): Promise<Trace> {
    const { trace, norms } = this.current();
    const { device } = this.ctx;
    const [values, means] = await Promise.all([download(device, trace), download(device, norms)]);
    return { rows: trace.shape[1]!, values: toFloat64(values), norms: toFloat64(means) };
  }

  protected async cloud(step: number): Promise<Float64Array | undefined> {
    const { history, kept, x } = this.current();
    const at = kept.indexOf(step);
    if (at < 0) return undefined;
    const count = 2 * x.shape[0]!;
    return toFloat64(await download(this.ctx.device, history, { from: at * count, count }));
  }

  protected samples(): Promise<HostTensor> {
    return download(this.ctx.device, this.current().x);
  }

  /** Float64 trajectories of the current process and levels, which all samplers share. */
  private async reference(signal: AbortSignal): Promise<readonly number[]> {
    const key = JSON.stringify({ ...this.params, sampler: '', steps: 0, particles: 0 });
    if (this.exact?.key !== key) this.exact = { key, ends: await exact(this.params, this.mixture, signal) };
    return this.exact.ends;
  }

  private current(): Particles {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result.particles;
  }
}

/** What is known of a run before its particles are looked at. */
export const metricsOf = (program: readonly Step[]): Metrics => ({
  nfe: evaluations(program),
  sigmaMin: program[program.length - 2]!.sigma,
});

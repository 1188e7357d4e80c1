/** A running product on the GPU: its matrices there, the current C, its picture, and what the page asks about it. */
import { bind, problemOf, unsupported } from '@/gpu/bind';
import { Recorder } from '@/gpu/recorder';
import { downloadRows } from '@/gpu/rows';
import { makeOutputs } from '@/gpu/run';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, uploadAll } from '@/gpu/transfer';
import type { Contest } from '@/gpu/tuner';
import type { Measurement } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { HeatmapPainter } from '@/shaders/draw-heatmap/painter';
import { kernel } from '@/shaders/matmul/kernel';
import { drawn, stored, type Matrices } from './inputs';
import { attrsOf } from './kinds';
import { measure } from './measure';
import { onGpu, type Multiply } from './multiply';
import type { Params } from './params';
import { ProductSession, type Analysis } from './product';
import { measureRoofline, type Roofline } from './roofline';

/** Pixels of the largest picture. */
export const SIDE = 1024;

interface Output {
  readonly scope: Scope;
  readonly c: DeviceTensor;
  readonly painter: HeatmapPainter;
  readonly range: Analysis['range'];
}

export class GpuProduct extends ProductSession {
  protected readonly multiply: Multiply;
  private readonly onDevice: Readonly<Record<string, DeviceTensor>>;
  private output: Output | undefined;

  constructor(
    private readonly ctx: Context,
    params: Params,
    matrices: Matrices,
  ) {
    super(ctx, params, matrices);
    this.multiply = onGpu(ctx);
    this.onDevice = uploadAll(ctx.device, ctx.scope, { ...this.given });
  }

  /** Whether this adapter adds halves itself; otherwise every product and sum is rounded by integer arithmetic. */
  get ownHalves(): boolean {
    return this.ctx.device.caps.f16;
  }

  /** A CPU in the guise of a GPU. */
  get software(): boolean {
    return this.ctx.device.caps.adapterKind === 'software';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { device } = this.ctx;
    const { params } = this;
    const problem = this.problem();
    const variant = await this.variant();
    const reason = unsupported(device, kernel, problem, variant);
    if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
    const scope = this.ctx.scope.child('result');
    const scratch = this.ctx.scope.child('scratch');
    try {
      const { c } = makeOutputs(device, scope, problem.outputs);
      const bound = await bind(device, scratch, kernel, problem, { ...this.onDevice, c: c! }, variant);
      await new Recorder(device).add(bound).run(signal);
      const { rows } = this;
      const found = valuesOf(await downloadRows(device, c!, this.sizes.m, rows));
      const analysis = await this.analyse(found, rows, params, signal);
      const painter = await HeatmapPainter.bind(device, scope, [rows.length, this.sizes.n], SIDE);
      painter.write(analysis.map);
      signal.throwIfAborted();
      this.output?.scope.close();
      this.output = { scope, c: c!, painter, range: analysis.range };
      return this.keep(analysis);
    } catch (error) {
      scope.close();
      throw error;
    } finally {
      scratch.close();
    }
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, this.params.tensors === null ? undefined : this.sizes, signal);
  }

  /** On normal numbers: time does not depend on them, and variants that round apart still agree. */
  async tune(signal: AbortSignal): Promise<Contest> {
    const { device, tuner } = this.ctx;
    const { storage, accumulate, seed } = this.params;
    const inputs = stored(await drawn(this.sizes, 'normal', seed, signal), storage);
    return tuner.tune(device, kernel, { ...inputs }, attrsOf(accumulate), signal);
  }

  roofline(report: (sofar: Roofline) => void, signal: AbortSignal): Promise<Roofline> {
    const { sizes, params } = this;
    return measureRoofline(this.ctx, sizes, params.accumulate, report, signal);
  }

  override draw(target: GPUTexture, camera: Camera): void {
    if (!this.output) return;
    const { painter, range } = this.output;
    painter.draw(target, camera, { ...range, log: true });
  }

  protected product(): Promise<HostTensor> {
    if (!this.output) throw new Error('nothing was computed yet');
    return download(this.ctx.device, this.output.c);
  }

  private problem() {
    return problemOf(kernel, { ...this.given }, attrsOf(this.params.accumulate));
  }

  private async variant(): Promise<string> {
    if (this.params.variant !== 'auto') return this.params.variant;
    return (await this.ctx.tuner.pick(this.ctx.device, kernel, this.problem())).variant;
  }
}

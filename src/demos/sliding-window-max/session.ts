/** A running sliding-window maximum: x on the device, the current y, and what the page asks about them. */
import { bind, problemOf, unsupported, type Bound } from '@/gpu/bind';
import type { Problem } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, upload } from '@/gpu/transfer';
import type { Contest } from '@/gpu/tuner';
import type { Check, Measurement } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { sizeOf, valuesOf, type HostTensor } from '@/lib/tensor';
import { dims, linesOf, type Dims, type WindowAttrs } from '@/shaders/sliding-window-max/dims';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import { verifyKernel } from '@/shaders/verify';
import { NAME } from './charts';
import { measure } from './measure';
import { mostK, type Params } from './params';
import { Painter } from './paint';
import { stretchOf, traceBlocks, type BlockTrace } from './trace';

/** What moves without new samples: the rest begins a new session. */
const live: readonly string[] = ['k', 'variant'];

/** What the view draws from, with a GPU or without. */
export interface Shown extends Session<Params> {
  readonly x: HostTensor;
  /** Smallest and largest sample. */
  readonly range: { readonly low: number; readonly high: number };
  /** The blocks' running maxima for `count` samples from `from`. */
  trace(from: number, count: number, k: number, signal: AbortSignal): Promise<BlockTrace>;
  drawSplit?(target: GPUTexture, camera: Camera, split: number): void;
}

export class WindowSession implements Shown {
  readonly tensors = ['x', 'y'];
  /** Smallest and largest sample. */
  readonly range: { readonly low: number; readonly high: number };
  private readonly given: DeviceTensor;
  private readonly painter: Painter;
  private result:
    { readonly scope: Scope; readonly y: DeviceTensor; readonly attrs: WindowAttrs } | undefined;

  constructor(
    private readonly ctx: Context,
    private params: Params,
    readonly x: HostTensor,
  ) {
    this.given = upload(ctx.device, ctx.scope, 'x', x);
    this.painter = new Painter(ctx);
    this.range = rangeOf(x);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => !live.includes(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { device, tuner } = this.ctx;
    const problem = this.problem();
    const asked = this.params.variant;
    const variant = asked === 'auto' ? (await tuner.pick(device, kernel, problem)).variant : asked;
    const reason = unsupported(device, kernel, problem, variant);
    if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
    const scope = this.ctx.scope.child('result');
    const scratch = this.ctx.scope.child('scratch');
    let bound: Bound;
    try {
      const { y } = makeOutputs(device, scope, problem.outputs);
      bound = await bind(device, scratch, kernel, problem, { x: this.given, y: y! }, variant);
      await new Recorder(device).add(bound).run(signal);
      await this.painter.bind(scope, { x: this.given, y: y!, dims: dims(problem), ...this.range });
      signal.throwIfAborted();
      this.result?.scope.close();
      this.result = { scope, y: y!, attrs: problem.attrs };
    } catch (error) {
      scope.close();
      throw error;
    } finally {
      scratch.close();
    }
    return metricsOf(problem, bound.scratchBytes);
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, { params: this.params, x: this.x }, signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { y, attrs } = this.current();
    const rows = rowsWorthChecking(this.problem());
    return verifyKernel(this.ctx, kernel, { x: this.x }, attrs, { y }, NAME, { rows, tolerance: 0, signal });
  }

  tune(signal: AbortSignal): Promise<Contest> {
    const { device, tuner } = this.ctx;
    return tuner.tune(device, kernel, { x: this.x }, this.problem().attrs, signal);
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawSplit(target, camera, 0.5);
  }

  /** An image is parted at `split`, in [0, 1]: before on the left, after on the right. */
  drawSplit(target: GPUTexture, camera: Camera, split: number): void {
    this.painter.draw(target, camera, split);
  }

  async read(name: string): Promise<HostTensor> {
    if (name === 'x') return this.x;
    if (name === 'y') return download(this.ctx.device, this.current().y);
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  /** What the van Herk kernel computes on its way, for `count` samples from `from`; in an image they are a row's. */
  trace(from: number, count: number, k: number, signal: AbortSignal): Promise<BlockTrace> {
    return traceBlocks(this.ctx, stretchOf(this.x, from, count), k, signal);
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  /** Everything follows from the parameters. */
  restore(): Promise<void> {
    return Promise.resolve();
  }

  private problem(): Problem<WindowAttrs> {
    return problemOf(kernel, { x: this.x }, { k: windowOf(this.params, this.ctx.files) });
  }

  private current(): NonNullable<WindowSession['result']> {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

/** While a file is asked for, the example stands in, and the window fits that. */
export function windowOf(params: Params, files: Context['files']): number {
  const waiting = params.source === 'file' && !files.data;
  return waiting ? Math.min(params.k, mostK({ ...params, source: 'textbook' })) : params.k;
}

export function metricsOf(problem: Problem<WindowAttrs>, workspace: number): Metrics {
  const d: Dims = dims(problem);
  const windows = d.outH * d.outW;
  return {
    samples: sizeOf(problem.inputs.x!.shape),
    windows,
    naive: windows * (d.kh * d.kw - 1),
    blocks: linesOf(d).reduce((sum, { k }) => sum + (k > 1 ? 3 * d.h * d.w : 0), 0),
    workspace,
  };
}

/** The reference looks at every sample of every window: as many rows as that takes about a second for. */
export function rowsWorthChecking(problem: Problem<WindowAttrs>): number {
  const { rank, kh, kw, outW } = dims(problem);
  const each = kh * kw * (rank === 1 ? 1 : outW);
  return Math.max(2, Math.min(256, Math.floor(3e8 / each)));
}

export function rangeOf(x: HostTensor): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const v of valuesOf(x)) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return { low, high };
}

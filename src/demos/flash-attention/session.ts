/** A running FlashAttention: its tensors on the device, the current result, and what the page asks about it. */
import { bind, problemOf, unsupported } from '@/gpu/bind';
import type { Plan } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, uploadAll } from '@/gpu/transfer';
import type { Contest } from '@/gpu/tuner';
import type { Check, Measurement } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import type { HostTensor } from '@/lib/tensor';
import { byteLength } from '@/lib/tensor';
import { dims, visiblePairs } from '@/shaders/attention/dims';
import { kernel } from '@/shaders/attention/kernel';
import { verifyKernel } from '@/shaders/verify';
import { howFar, type Reach } from './howFar';
import { attrsOf, shapeIn, shapeOf, type Inputs, type Shape } from './inputs';
import { flashOf, measure } from './measure';
import type { Params } from './params';
import { Pattern } from './pattern';
import { Probabilities } from './probability';
import type { Tiling } from './tiles';
import { trafficOverTiles, type TrafficOverTiles } from './traffic';
import { traceRow, type RowTrace } from './walk';

/** What moves without new tensors: the rest begins a new session. */
const live: readonly string[] = ['causal', 'window', 'variant'];

interface Result {
  readonly scope: Scope;
  readonly outputs: Readonly<Record<string, DeviceTensor>>;
  readonly probabilities: Probabilities;
  readonly pattern: Pattern;
}

export class FlashSession implements Session<Params> {
  readonly tensors = ['q', 'k', 'v', 'o', 'lse'];
  private readonly given: Readonly<Record<string, DeviceTensor>>;
  /** The current o and lse; replaced whenever what may be seen changes. */
  private result: Result | undefined;

  constructor(
    private readonly ctx: Context,
    private params: Params,
    private readonly inputs: Inputs,
  ) {
    this.given = uploadAll(ctx.device, ctx.scope, inputs.tensors);
  }

  /** Something was computed: `probabilities` answers. */
  get ready(): boolean {
    return this.result !== undefined;
  }

  /** Sizes as they are: those of a file or an image differ from what the parameters say. */
  get shape(): Shape {
    const { q, k } = this.inputs.tensors;
    return shapeIn(q, k);
  }

  /** The picture that was cut into patches, or nothing. */
  get picture(): Inputs['picture'] {
    return this.inputs.picture;
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => !live.includes(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { ctx, problem } = this;
    const variant = await this.variant();
    const reason = unsupported(ctx.device, kernel, problem, variant);
    if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
    const scope = ctx.scope.child('result');
    const scratch = ctx.scope.child('scratch');
    try {
      const outputs = makeOutputs(ctx.device, scope, problem.outputs);
      const bound = await bind(ctx.device, scratch, kernel, problem, { ...this.given, ...outputs }, variant);
      await new Recorder(ctx.device).add(bound).run(signal);
      const lse = await download(ctx.device, outputs.lse!);
      const pattern = await Pattern.bind(ctx.device, scope, { ...this.given, ...outputs }, problem.attrs);
      signal.throwIfAborted();
      this.result?.scope.close();
      const probabilities = new Probabilities(this.inputs.tensors, problem.attrs, lse);
      this.result = { scope, outputs, probabilities, pattern };
    } catch (error) {
      scope.close();
      throw error;
    } finally {
      scratch.close();
    }
    return this.metrics();
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, this.shapeAt(point.params), signal);
  }

  verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { outputs } = this.current();
    return verifyKernel(
      this.ctx,
      kernel,
      this.inputs.tensors,
      this.problem.attrs,
      outputs,
      'attention.forward',
      {
        signal,
      },
    );
  }

  tune(signal: AbortSignal): Promise<Contest> {
    const { device, tuner } = this.ctx;
    return tuner.tune(device, kernel, this.inputs.tensors, this.problem.attrs, signal);
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawHead(0, target, camera);
  }

  /** The pattern of head b·H + h. */
  drawHead(head: number, target: GPUTexture, camera: Camera): void {
    this.result?.pattern.draw(head, target, camera);
  }

  async read(name: string): Promise<HostTensor> {
    const host = (this.inputs.tensors as Readonly<Record<string, HostTensor | undefined>>)[name];
    if (host) return host;
    const tensor = this.current().outputs[name];
    if (!tensor) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return download(this.ctx.device, tensor);
  }

  /** Entries of the pattern, rebuilt from the kernel's lse. */
  get probabilities(): Probabilities {
    return this.current().probabilities;
  }

  /** The tile walk of one query row of one head, as the instrumented kernel recorded it. */
  trace(head: number, row: number, tiling: Tiling, signal: AbortSignal): Promise<RowTrace> {
    return traceRow(this.ctx, this.given, this.problem, head, row, tiling, signal);
  }

  /** Memory accesses counted over several on-chip sizes, beside the law. */
  traffic(signal: AbortSignal): Promise<TrafficOverTiles> {
    return trafficOverTiles(this.ctx, this.shape, this.problem.attrs, signal);
  }

  /** Grows N until it no longer fits; what ran so far is told through `report`. */
  async howFar(kind: 'naive' | 'flash', report: (reach: Reach) => void, signal: AbortSignal): Promise<Reach> {
    const { tensors } = this.inputs;
    const { attrs } = this.problem;
    const variant = kind === 'naive' ? kind : await flashOf(this.ctx, kernel, tensors, attrs);
    const { dtype } = this.params;
    return howFar(
      this.ctx.device,
      this.ctx.scope,
      { variant, dtype, shape: this.shape, attrs },
      report,
      signal,
    );
  }

  /** The result follows from the parameters alone. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  private get problem() {
    return problemOf(kernel, this.inputs.tensors, attrsOf(this.params));
  }

  private async variant(): Promise<string> {
    if (this.params.variant !== 'auto') return this.params.variant;
    return (await this.ctx.tuner.pick(this.ctx.device, kernel, this.problem)).variant;
  }

  private current() {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }

  private metrics(): Metrics {
    const { problem } = this;
    const d = dims(problem);
    const bytes = ({ scratch = {} }: Plan): number => Object.values(scratch).reduce((a, b) => a + b, 0);
    const plan = kernel.variants.naive!.plan(problem, this.ctx.device.caps);
    return {
      flops: kernel.work(problem).flops,
      seen: (100 * visiblePairs(d)) / (d.S * d.T),
      naiveBytes: bytes(plan),
      flashBytes: byteLength(problem.outputs.lse!),
    };
  }

  /** At another N the file's other sizes stay; random inputs and images follow the parameters. */
  private shapeAt(params: Params): Shape {
    if (params.input === 'random' || params.n === this.params.n) {
      return params.input === 'random' ? shapeOf(params) : this.shape;
    }
    return { ...this.shape, S: params.n, T: params.n };
  }
}

/** EfficientNet on the GPU: what the scaled network costs, and how long it takes here. */
import { download } from '@/gpu/transfer';
import type { Setting } from '@/lab/fit';
import type { Check, Measurement } from '@/lab/report';
import type { Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { madeImages } from '@/models/vision/made';
import { currentOf, metricsOf, type Current } from './current';
import { Expectation, latencyOf, readied, type Latency, type OnProgress, type Subject } from './latency';
import { measure } from './measure';
import { largestResolution } from './needs';
import type { Params } from './params';
import { profileOf, type Profile } from './profile';
import { verifyLogits } from './verify';
import { probeOf } from './walk';

/** What is expected to take no longer is timed without being asked for. */
const AT_ONCE_MS = 3000;

export class EfficientNetSession implements Session<Params> {
  readonly tensors = ['x', 'logits'];
  private current: Current;
  private result: { readonly probe: Subject; readonly logits: HostTensor } | undefined;
  private readonly expectation: Expectation;

  constructor(
    private readonly ctx: Context,
    private params: Params,
  ) {
    this.current = currentOf(params);
    this.expectation = new Expectation(ctx.device);
  }

  update(params: Params): 'live' {
    this.params = params;
    this.current = currentOf(params);
    return 'live';
  }

  /**
   * What the description says, and a pass over an image small enough for the check that follows; how long the whole takes is
   * said by `assess` and `time`.
   */
  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const probe = probeOf(this.current);
    this.result = { probe, logits: await this.pass(probe, signal) };
    return metricsOf(this.params, this.current);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { probe, logits } = this.computed();
    return [await verifyLogits(this.ctx.pool, probe, valuesOf(logits), signal)];
  }

  /** The latency of the network in force, where it is soon known. */
  async assess(signal: AbortSignal): Promise<Metrics> {
    if (this.expectation.measurementMs(this.current.counts) > AT_ONCE_MS) return {};
    return { latency: (await this.time(this.current, signal)).timeMs.median };
  }

  /** Milliseconds that timing this network will take, about. */
  expectedMs({ counts }: Pick<Current, 'counts'> = this.current): number {
    return this.expectation.measurementMs(counts);
  }

  async time(current: Current, signal: AbortSignal, report?: OnProgress): Promise<Latency> {
    const { device, scope } = this.ctx;
    const found = await latencyOf(device, scope, current, signal, report);
    this.expectation.learn(current.counts, found.timeMs.median);
    return found;
  }

  profile(signal: AbortSignal, report: OnProgress): Promise<Profile> {
    const { device, scope } = this.ctx;
    return profileOf(device, scope, this.current, report, signal);
  }

  /** The largest resolution at φ = 0 for which these parameters fit, after there was no room for them. */
  largest(params: Params, error: LabError): Promise<Setting | undefined> {
    return largestResolution(this.ctx.device, params, error);
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, signal, this);
  }

  read(name: string): Promise<HostTensor> {
    const { probe, logits } = this.computed();
    if (name === 'x') return Promise.resolve(madeImages(probe.seed, [1, probe.side, probe.side, 3]));
    if (name === 'logits') return Promise.resolve(logits);
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  /** Everything follows from the parameters. */
  restore(): Promise<void> {
    return Promise.resolve();
  }

  private async pass(subject: Subject, signal: AbortSignal): Promise<HostTensor> {
    const scope = this.ctx.scope.child('pass');
    try {
      const { program, logits } = await readied(this.ctx.device, scope, subject);
      await program.run(signal);
      return await download(this.ctx.device, logits);
    } finally {
      scope.close();
    }
  }

  private computed(): NonNullable<EfficientNetSession['result']> {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

/** EfficientNet on the GPU: what the scaled network costs, and how long it takes here. */
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import type { Setting } from '@/lab/fit';
import type { Check, Measurement } from '@/lab/report';
import type { Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { madeImages } from '@/models/vision/made';
import type { Occlusion } from './classify';
import { currentOf, metricsOf, type Asked, type Current } from './current';
import { Expectation, latencyOf, readied, type Latency, type OnProgress, type Subject } from './latency';
import { learnPoint, type Learned, type Recipe } from './learning';
import { measure } from './measure';
import { largestResolution } from './needs';
import type { Params } from './params';
import { profileOf, type Profile } from './profile';
import { pictureFor, recogniserOf, type Recognised, type Recogniser, type Shipped } from './recognise';
import { verifyLogits } from './verify';
import { probeOf } from './walk';

/** What is expected to take no longer is timed without being asked for. */
const AT_ONCE_MS = 3000;

export class EfficientNetSession implements Session<Params> {
  readonly tensors = ['x', 'logits'];
  private current: Current;
  private result: { readonly probe: Subject; readonly logits: HostTensor } | undefined;
  private recogniser:
    { readonly key: string; readonly scope: Scope; readonly made: Promise<Recogniser> } | undefined;
  private readonly expectation: Expectation;

  constructor(
    private readonly ctx: Context,
    private params: Params,
  ) {
    this.current = currentOf(params);
    this.expectation = new Expectation(ctx.device);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' {
    this.params = params;
    if (changed.every((name) => name === 'sign' || name === 'tensorflow')) return 'live';
    this.current = currentOf(params);
    this.result = undefined;
    return 'live';
  }

  /**
   * What the description says, and a pass over an image small enough for the check that follows; how long the whole takes is
   * said by `assess` and `time`.
   */
  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const probe = probeOf(this.current);
    // Which image is classified changes nothing of this.
    this.result ??= { probe, logits: await this.pass(probe, signal) };
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

  /**
   * Classes of a picture [H, W] of rgba8, or of the one that the parameters name, by the reader's network or by that which the
   * site ships.
   */
  async see(
    shipped: Shipped | undefined,
    picture: HostTensor | undefined,
    signal: AbortSignal,
  ): Promise<Recognised> {
    const recogniser = await this.recogniserFor(shipped);
    const given = picture ?? (await pictureFor(this.params, this.ctx.files, recogniser.view.crop));
    return { ...(await recogniser.classifier.classify(given, signal)), ...recogniser.about };
  }

  /** Where the image that was seen last shows the class: see `Classifier.occlude`. */
  async occlude(
    category: number,
    report: (sofar: Occlusion) => void,
    progress: OnProgress,
    signal: AbortSignal,
  ): Promise<Occlusion> {
    if (!this.recogniser) throw new Error('nothing was seen yet');
    return (await this.recogniser.made).classifier.occlude(category, report, progress, signal);
  }

  /** Trains a point of the grid; nothing of it stays but what is reported. */
  learn(recipe: Recipe, report: (sofar: Learned) => void, signal: AbortSignal): Promise<Learned> {
    const { device, scope } = this.ctx;
    return learnPoint(device, scope, recipe, report, signal);
  }

  /** Made once for each network; the one before gives its memory back. */
  private recogniserFor(shipped: Shipped | undefined): Promise<Recogniser> {
    const { device, scope, files } = this.ctx;
    const key = `${files.weights ? this.params.weights?.sha256 : shipped?.file} ${this.params.tensorflow}`;
    if (this.recogniser?.key === key) return this.recogniser.made;
    this.recogniser?.scope.close();
    const own = scope.child('classifier');
    const made = recogniserOf(device, own, this.params, files, shipped);
    this.recogniser = { key, scope: own, made };
    made.catch(() => {
      own.close();
      if (this.recogniser?.made === made) this.recogniser = undefined;
    });
    return made;
  }

  /** The largest resolution at φ = 0 for which these parameters fit, after there was no room for them. */
  largest(params: Asked, error: LabError): Promise<Setting | undefined> {
    return largestResolution(this.ctx.device, { ...this.params, ...params }, error);
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

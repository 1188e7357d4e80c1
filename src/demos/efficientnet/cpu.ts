/** The demo where there is no GPU: the same counts, and the forward pass by the kernels' tuned TypeScript in a worker. */
import type { Check, Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { madeImages } from '@/models/vision/made';
import { currentOf, metricsOf, type Current } from './current';
import type { Subject } from './latency';
import { measure } from './measure';
import type { Params } from './params';
import { verifyLogits } from './verify';
import { logitsOnCpu, probeOf } from './walk';

export class CpuEfficientNetSession implements Session<Params> {
  readonly tensors = ['x', 'logits'];
  private current: Current;
  private result: { readonly probe: Subject; readonly logits: HostTensor } | undefined;

  constructor(
    private readonly ctx: CpuContext,
    private params: Params,
  ) {
    this.current = currentOf(params);
  }

  update(params: Params): 'live' {
    this.params = params;
    this.current = currentOf(params);
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const probe = probeOf(this.current);
    const logits = await logitsOnCpu(this.ctx.pool, probe, 'f32', signal);
    this.result = { probe, logits: tensor('f32', [1, probe.network.classes], logits) };
    return metricsOf(this.params, this.current);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { probe, logits } = this.computed();
    return [await verifyLogits(this.ctx.pool, probe, valuesOf(logits), signal)];
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, signal);
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

  restore(): Promise<void> {
    return Promise.resolve();
  }

  private computed(): NonNullable<CpuEfficientNetSession['result']> {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

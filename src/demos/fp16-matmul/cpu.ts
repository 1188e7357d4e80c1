/** The demo where there is no GPU: the tuned baseline sums in f32, the emulation in halves. */
import type { Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import type { HostTensor } from '@/lib/tensor';
import type { Bench } from '@/shaders/measure';
import type { Matrices } from './inputs';
import { measure } from './measure';
import { onCpu, type Multiply } from './multiply';
import type { Params } from './params';
import { ProductSession, rowValues } from './product';

export class CpuProduct extends ProductSession {
  protected readonly multiply: Multiply;
  private c: HostTensor | undefined;

  constructor(ctx: CpuContext, params: Params, matrices: Matrices) {
    super(ctx, params, matrices);
    this.multiply = onCpu(ctx);
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { params } = this;
    const c = await this.multiply(this.given, params.accumulate, signal);
    const { rows } = this;
    const analysis = await this.analyse(rowValues(c, rows), rows, params, signal);
    this.c = c;
    return this.keep(analysis);
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    // What is measured without variants gets the pool alone.
    const bench = this.host as unknown as Bench;
    return measure(bench, point, this.params.tensors === null ? undefined : this.sizes, signal, true);
  }

  protected product(): Promise<HostTensor> {
    if (!this.c) throw new Error('nothing was computed yet');
    return Promise.resolve(this.c);
  }
}

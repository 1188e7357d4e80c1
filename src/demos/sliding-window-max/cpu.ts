/** The demo where there is no GPU: the CPU's deque computes, and the blocks' running maxima are made in plain code. */
import { problemOf } from '@/gpu/bind';
import type { Problem } from '@/gpu/kernel';
import { sampleRows } from '@/gpu/rows';
import { cpuSeries } from '@/lab/cpuSeries';
import type { Check, Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { sizeOf, valuesOf, type HostTensor } from '@/lib/tensor';
import type { WindowAttrs } from '@/shaders/sliding-window-max/dims';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import type { Bench } from '@/shaders/measure';
import { NAME } from './charts';
import { measure } from './measure';
import type { Params } from './params';
import { metricsOf, rangeOf, rowsWorthChecking, windowOf, type Shown } from './session';
import { stretchOf, type BlockTrace } from './trace';

export class CpuWindowSession implements Shown {
  readonly tensors = ['x', 'y'];
  readonly range: { readonly low: number; readonly high: number };
  private y: HostTensor | undefined;

  constructor(
    private readonly ctx: CpuContext,
    private params: Params,
    readonly x: HostTensor,
  ) {
    this.range = rangeOf(x);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => name !== 'k' && name !== 'variant')) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const problem = this.problem();
    const { x, ctx } = this;
    const found = await ctx.pool.compute(kernel.name, { x }, problem.attrs, kernel.rows(problem), signal);
    this.y = { ...problem.outputs.y!, data: found.y as HostTensor['data'] };
    return metricsOf(problem, 0);
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const series = cpuSeries(point, NAME);
    // What is measured without variants gets the pool and the files alone.
    const bench = this.ctx as unknown as Bench & Pick<CpuContext, 'files'>;
    yield* measure(bench, { ...point, series }, { params: this.params, x: this.x }, signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const problem = this.problem();
    const y = valuesOf(this.current());
    const total = kernel.rows(problem);
    const width = sizeOf(problem.outputs.y!.shape) / total;
    const rows = sampleRows(total, rowsWorthChecking(problem));
    const expected = await this.ctx.pool.reference(kernel.name, { x: this.x }, problem.attrs, rows, signal);
    const found = rows.flatMap((row) => [...y.subarray(row * width, (row + 1) * width)]);
    const { maxAbsError, relError, notFinite } = compare(found, expected.y!, rows.length);
    const pass = notFinite === 0 && relError === 0;
    const common = { rowsChecked: rows.length, rows: total, tolerance: 0, pass };
    return [{ name: `${NAME}.y`, maxAbsError, relError, ...common }];
  }

  async read(name: string): Promise<HostTensor> {
    if (name === 'x') return this.x;
    if (name === 'y') return this.current();
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  async trace(from: number, count: number, k: number): Promise<BlockTrace> {
    const x = [...valuesOf(stretchOf(this.x, from, count))];
    const block = (i: number): number => i - (i % k);
    const g = x.map((_, i) => Math.max(...x.slice(block(i), i + 1)));
    const h = x.map((_, i) => Math.max(...x.slice(i, block(i) + k)));
    const windows = Math.max(0, x.length - k + 1);
    return { x, g, h, y: Array.from({ length: windows }, (_, i) => Math.max(h[i]!, g[i + k - 1]!)) };
  }

  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array();
  }

  async restore(): Promise<void> {
    return;
  }

  private problem(): Problem<WindowAttrs> {
    return problemOf(kernel, { x: this.x }, { k: windowOf(this.params, this.ctx.files) });
  }

  private current(): HostTensor {
    if (!this.y) throw new Error('nothing was computed yet');
    return this.y;
  }
}

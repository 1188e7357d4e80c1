/** One block of a network by itself on the GPU, with random weights: held against float64, and timed. */
import { time } from '@/gpu/timing';
import { download } from '@/gpu/transfer';
import type { Check, Measurement } from '@/lab/report';
import type { Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import type { HostTensor } from '@/lib/tensor';
import { aboutNetwork, chosen, type BlockAbout } from './blocks';
import { boundOf, madeOf, measureOperators, taskOf } from './measure';
import type { Params } from './params';
import { describePiece, onDevice, type OnDevice, type PieceGraph } from './piece';
import { verifyPiece } from './verify';

export class BlockSession implements Session<Params> {
  readonly tensors = ['x', 'y'];
  private readonly about: BlockAbout;
  private readonly graph: PieceGraph;
  private run: OnDevice | undefined;

  constructor(
    private readonly ctx: Context,
    private readonly params: Params,
  ) {
    this.about = chosen(aboutNetwork(params.network), params.block);
    const { block, input } = this.about;
    this.graph = describePiece({ block, size: input }, { ...madeOf(params), dtype: 'f32' });
  }

  update(): 'restart' {
    return 'restart';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    this.run = await onDevice(this.ctx, this.ctx.scope.child('block'), this.graph, true);
    await this.run.program.run(signal);
    const { parameters, macs } = this.about;
    return { 'block-parameters': parameters, 'block-macs': macs };
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { network } = this.params;
    const name = `${network}.${this.about.block.name}`;
    return [await verifyPiece(this.ctx, name, this.graph, this.current(), signal, 64)];
  }

  async assess(signal: AbortSignal): Promise<Metrics> {
    const bound = boundOf(this.current().program.bound);
    const [timed] = await time(this.ctx.device, [{ name: 'block', bound }], { signal, budgetMs: 1000 });
    return timed?.timeMs ? { 'block-time': timed.timeMs.median } : {};
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measureOperators(this.ctx, point, taskOf(point), signal);
  }

  async read(name: string): Promise<HostTensor> {
    const { x, y } = this.graph;
    if (name === 'x') return this.graph.given.get(x)!;
    if (name === 'y') return download(this.ctx.device, this.current().memory(y));
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  private current(): OnDevice {
    if (!this.run) throw new Error('nothing was computed yet');
    return this.run;
  }
}

/** The demo where there is no GPU: FP32 alone, really trained, by the kernels' tuned TypeScript in a worker. */
import type { Check, Measurement, Series } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { readCheckpoint } from '@/tensor/checkpoint';
import { CpuTraining, forwardOnCpu } from '@/tensor/cpuTraining';
import { namedWeights, onPool } from '@/tensor/onCpu';
import { causeOnCpu } from './cpuCause';
import { evaluation, stepsBetween } from './evaluation';
import { isBroken, metricsOf, type Evaluation, type Observation, type Stop } from './log';
import { measureOnCpu } from './measure';
import { optimiser, type Mode } from './modes';
import type { Params } from './params';
import { seriesOf } from './series';
import type { Shown, ShownRun } from './shown';
import { promptOf, taskOf, WEIGHTS, type Task } from './task';
import { verifyOnCpu } from './verify';
import { windowOf, writeOn } from './writing';

/** The one mode that the CPU trains: the baselines compute in f32. */
const MODE = 'fp32';
/** The smallest batch, a window of text: one is all that is written in. */
const ONE = 4;

class CpuRun implements ShownRun {
  readonly mode: Mode = MODE;
  readonly observations: readonly Observation[] = [];
  readonly evaluations: Evaluation[] = [];
  stop: Stop | undefined;

  constructor(readonly training: CpuTraining) {}

  get records(): ShownRun['records'] {
    return this.training.records;
  }
}

export class CpuSession implements Shown {
  version = 0;
  readonly chosen: CpuRun;
  private readonly listeners = new Set<() => void>();
  private curves: readonly Series[] = [];

  private constructor(
    private readonly ctx: CpuContext,
    private params: Params,
    readonly task: Task,
    readonly heldOut: readonly HostTensors[],
  ) {
    const random = new Random(params.seed, WEIGHTS);
    this.chosen = new CpuRun(
      new CpuTraining(task.network(params.batch), { optimiser, rate: params.rate, random }),
    );
  }

  static async create(ctx: CpuContext, params: Params, signal: AbortSignal): Promise<CpuSession> {
    const task = taskOf(params, ctx.files);
    const heldOut = await task.heldOut(task.held.rows, task.held.chunks);
    signal.throwIfAborted();
    return new CpuSession(ctx, params, task, heldOut);
  }

  get runs(): readonly ShownRun[] {
    return [this.chosen];
  }

  /** Steps that were made. */
  get at(): number {
    return this.chosen.records.length;
  }

  get ended(): boolean {
    return this.chosen.stop !== undefined;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    const shared: readonly (keyof Params)[] = ['task', 'text', 'batch', 'seed'];
    if (changed.some((name) => shared.includes(name))) return 'restart';
    if (params.rate !== this.params.rate) this.chosen.training.setRate(params.rate);
    this.params = params;
    return 'live';
  }

  /** Each is whole or not made: what is cancelled leaves the step before. */
  async step(n: number, signal: AbortSignal): Promise<Metrics> {
    for (let i = 0; i < n && !this.ended; i++) {
      await this.look(signal);
      await this.advance(signal);
    }
    if (n === 0) {
      await this.look(signal);
      this.curves = seriesOf(this.runs, MODE);
    }
    return metricsOf(this.chosen);
  }

  private async advance(signal: AbortSignal): Promise<void> {
    const { training, records } = this.chosen;
    const batch = this.task.batch(this.params.batch, this.at);
    const walked = await training.step(batch, onPool(this.ctx.pool, signal));
    if (isBroken(records.at(-1)!, false)) {
      const names = training.layout.slices.map(({ name }) => name);
      this.chosen.stop = { step: this.at - 1, why: causeOnCpu(walked, names) };
    }
    this.tell();
  }

  /** At its beginning, about forty times on the way and at its end: held-out data, where they are due. */
  private async look(signal: AbortSignal): Promise<void> {
    const { evaluations, training } = this.chosen;
    const { at, ended, task } = this;
    const { steps } = this.params;
    const due = at % stepsBetween(steps) === 0 || at === steps || evaluations.length === 0;
    if (!due || ended || evaluations.at(-1)?.step === at) return;
    const chunks = at === steps ? this.heldOut : this.heldOut.slice(0, task.held.glance);
    const network = task.network(task.held.rows);
    const found: Record<'logits' | 'loss' | 'accuracy', HostTensor>[] = [];
    for (const chunk of chunks)
      found.push(
        await forwardOnCpu(
          training.layout,
          training.weights,
          chunk,
          (weight, inputs) => evaluation(network, weight, inputs),
          onPool(this.ctx.pool, signal),
        ),
      );
    const mean = (name: 'loss' | 'accuracy'): number =>
      found.reduce((sum, outputs) => sum + valuesOf(outputs[name])[0]!, 0) / found.length;
    evaluations.push({
      ...{ step: at, loss: mean('loss'), accuracy: mean('accuracy') },
      logits: Float32Array.from(valuesOf(found[0]!.logits)),
      weights: Float32Array.from(training.weights),
    });
    this.tell();
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measureOnCpu(this.ctx, point, signal);
  }

  verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { training, evaluations, stop } = this.chosen;
    // Weights that broke a training give nothing to compare: then those of its beginning are checked.
    const weights = (stop && evaluations[0]?.weights) ?? training.weights;
    return verifyOnCpu(this.ctx.pool, { layout: training.layout, weights }, this.task, this.at, signal);
  }

  async save(mode: Mode, then?: Evaluation): Promise<Uint8Array<ArrayBuffer>> {
    const { training } = this.chosen;
    const { task, seed } = this.params;
    const weights = Object.entries(namedWeights(training.layout.slices, then?.weights ?? training.weights));
    const origin = {
      demo: 'mixed-precision',
      task,
      mode,
      seed: String(seed),
      step: String(then?.step ?? this.at),
    };
    return writeSafetensors(weights, { format: 'pt', ...origin });
  }

  async load(bytes: Uint8Array, file: string, signal: AbortSignal): Promise<void> {
    const { training, evaluations } = this.chosen;
    training.begin(readCheckpoint(training.layout, bytes, file));
    this.chosen.stop = undefined;
    // This step's was of other weights.
    if (evaluations.at(-1)?.step === this.at) evaluations.pop();
    await this.look(signal);
    this.curves = seriesOf(this.runs, MODE);
  }

  write(_: Mode, length: number, show: (text: string) => void, signal: AbortSignal): Promise<void> {
    const { names } = this.task;
    const { layout, weights } = this.chosen.training;
    const network = this.task.network(ONE);
    const next = async (seen: readonly number[]): Promise<ArrayLike<number>> => {
      const { logits } = await forwardOnCpu(
        layout,
        weights,
        windowOf(seen, network.inputs.x!.shape[0]!),
        (weight, inputs) => ({ logits: network.logits(weight, inputs) }),
        onPool(this.ctx.pool, signal),
      );
      const vocab = logits.shape.at(-1)!;
      return valuesOf(logits).subarray((seen.length - 1) * vocab, seen.length * vocab);
    };
    const tell = (ids: readonly number[]): void => show(ids.map((id) => names[id]).join(''));
    return writeOn(next, promptOf(this.heldOut), length, this.params.seed, tell, signal);
  }

  series(): readonly Series[] {
    return this.curves;
  }

  get tensors(): readonly string[] {
    return this.chosen.training.layout.slices.map(({ name }) => name);
  }

  async read(name: string): Promise<HostTensor> {
    const { layout, weights } = this.chosen.training;
    const found = namedWeights(layout.slices, weights)[name];
    if (!found) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return tensor('f32', found.shape, valuesOf(found));
  }

  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array();
  }

  /** No device is lost where there is none. */
  async restore(): Promise<void> {
    return;
  }
}

/** A running comparison: every mode takes the same step on the same batch, and no step waits for a read-back. */
import { download, upload } from '@/gpu/transfer';
import type { DeviceTensor } from '@/gpu/scope';
import type { Check, Measurement, Series } from '@/lab/report';
import type { Context, MeasurePoint, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { writeSafetensors } from '@/lib/safetensors';
import type { HostTensor, HostTensors } from '@/lib/tensor';
import { readCheckpoint, saveCheckpoint } from '@/tensor/checkpoint';
import type { Probe } from '@/tensor/probe';
import { namedWeights } from '@/tensor/onCpu';
import { stepsBetween } from './evaluation';
import { Flight } from '@/tensor/flight';
import { metricsOf, type Evaluation } from './log';
import { measure } from './measure';
import { modesOf, type Mode } from './modes';
import { beginAll, type ModeRun } from './modeRun';
import type { Params } from './params';
import { seriesOf } from './series';
import { findCause } from './sentinel';
import { restoreState, saveState } from './state';
import { promptOf, taskOf, type Task } from './task';
import { verify } from './verify';
import type { Shown } from './shown';
import { nextOnGpu, writeOn } from './writing';

/** Steps between two states that a replay can begin from. */
const KEPT_EVERY = 64;

export class MixedPrecisionSession implements Shown {
  /** Steps that were begun. */
  at = 0;
  /** Raised whenever there is something new to show; `subscribe` tells. */
  version = 0;
  revision = 0;
  private readonly listeners = new Set<() => void>();
  private readonly flight: Flight;
  private pending: Promise<unknown>[] = [];
  private collecting = false;
  private curves: readonly Series[] = [];
  /** The learning rate from each step on at which it changed. */
  private readonly rates: { readonly step: number; readonly rate: number }[] = [];

  private constructor(
    private readonly ctx: Context,
    private params: Params,
    readonly task: Task,
    readonly runs: readonly ModeRun[],
    private readonly probe: Probe,
    /** Held-out batches, on the device and here. */
    private readonly held: readonly Readonly<Record<string, DeviceTensor>>[],
    readonly heldOut: readonly HostTensors[],
  ) {
    this.rates.push({ step: 0, rate: params.rate });
    this.flight = new Flight(() => ctx.device.gpu.queue.onSubmittedWorkDone());
  }

  static async create(ctx: Context, params: Params, signal: AbortSignal): Promise<MixedPrecisionSession> {
    const { device, scope } = ctx;
    const task = taskOf(params, ctx.files);
    const heldOut = await task.heldOut(task.held.rows, task.held.chunks);
    signal.throwIfAborted();
    const data = scope.child('held-out');
    const held = heldOut.map((batch) =>
      Object.fromEntries(
        Object.entries(batch).map(([name, host]) => [name, upload(device, data, name, host)]),
      ),
    );
    const { runs, probe } = await beginAll(device, scope, params, task, signal);
    return new MixedPrecisionSession(ctx, params, task, runs, probe, held, heldOut);
  }

  /** The mode whose figures are the metrics. */
  get chosen(): ModeRun {
    return this.runOf(this.params.mode);
  }

  runOf(mode: Mode): ModeRun {
    const run = this.runs.find((candidate) => candidate.mode === mode);
    if (!run) throw new RangeError(`${mode} is not in training`);
    return run;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    const among = this.runs.map(({ mode }) => mode).join();
    const same = modesOf(params.mode, params.beside).join() === among;
    const live: readonly (keyof Params)[] = same ? ['rate', 'steps', 'mode', 'beside'] : ['rate', 'steps'];
    if (changed.some((name) => !live.includes(name))) return 'restart';
    if (params.rate !== this.params.rate) {
      for (const { training } of this.runs) training.setRate(params.rate);
      this.rates.push({ step: this.at, rate: params.rate });
    }
    this.params = params;
    return 'live';
  }

  async step(n: number, signal: AbortSignal): Promise<Metrics> {
    for (let i = 0; i < n && !this.ended; i++) {
      signal.throwIfAborted();
      await this.advance(signal);
    }
    if (n === 0) await this.settle(signal);
    return this.metrics();
  }

  /** Every mode met what is not finite. */
  get ended(): boolean {
    return this.runs.every(({ halted }) => halted !== undefined);
  }

  private async advance(signal: AbortSignal): Promise<void> {
    await this.explain(signal);
    const step = this.at;
    if (step === 0) await this.look(0, true);
    const batch = this.task.batch(this.params.batch, step);
    const observed = step % this.every === 0;
    for (const run of this.runs) {
      if (run.halted !== undefined) continue;
      if (step % KEPT_EVERY === 0) run.keep(step);
      this.later(run.submit(step, batch, observed ? this.probe : undefined));
      await this.flight.next();
    }
    this.at = step + 1;
    await this.look(this.at, this.at % this.every === 0 || this.at === this.params.steps);
    if (this.at % 8 === 0) this.collectSoon();
  }

  private get every(): number {
    return stepsBetween(this.params.steps);
  }

  private async look(step: number, evaluate: boolean): Promise<void> {
    if (!evaluate) return;
    // On its way a part will do; what the report says is of all.
    const held = step === this.params.steps ? this.held : this.held.slice(0, this.task.held.glance);
    const runs = this.runs.filter((run) => run.halted === undefined && run.evaluatedAt !== step);
    for (const run of runs) await run.evaluate(step, held, this.flight.next);
    for (const run of runs) this.later(run.readEvaluation(step, held.length));
  }

  private later(work: Promise<unknown>): void {
    const told = work.then(() => this.tell());
    // A lost device is told by others.
    told.catch(() => undefined);
    this.pending.push(told);
  }

  private collectSoon(): void {
    if (this.collecting) return;
    this.collecting = true;
    const all = Promise.all(this.runs.map(({ training }) => training.records.collect()));
    this.later(all.finally(() => (this.collecting = false)));
  }

  private tell(): void {
    for (const run of this.runs) run.look();
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }

  /** Everything that is under way has come back, and what went wrong has its cause. */
  async settle(signal: AbortSignal): Promise<void> {
    if (this.runs.some(({ evaluations }) => evaluations.length === 0)) await this.look(this.at, true);
    await Promise.all(this.runs.map(({ training }) => training.records.collect()));
    await Promise.all(this.pending.splice(0));
    this.tell();
    await this.explain(signal);
    this.curves = seriesOf(this.runs, this.params.mode);
  }

  /** What went wrong has its cause, found once. */
  private async explain(signal: AbortSignal): Promise<void> {
    for (const run of this.runs) {
      if (run.halted === undefined || run.stop) continue;
      run.stop = await findCause(this.ctx, run, this.task, this.params, this.rates, signal);
      this.tell();
    }
  }

  metrics(): Metrics {
    return metricsOf(this.chosen);
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, signal);
  }

  verify(signal: AbortSignal): Promise<readonly Check[]> {
    return verify(this.ctx, this.chosen, this.task, this.params, this.at, signal);
  }

  async save(mode: Mode, then?: Evaluation): Promise<Uint8Array<ArrayBuffer>> {
    const { task, seed } = this.params;
    const step = String(then?.step ?? this.at);
    const metadata = { demo: 'mixed-precision', task, mode, seed: String(seed), step };
    const { training } = this.runOf(mode);
    if (!then) return saveCheckpoint(training, metadata);
    const tensors = Object.entries(namedWeights(training.layout.slices, then.weights));
    return writeSafetensors(tensors, { format: 'pt', ...metadata });
  }

  async load(bytes: Uint8Array, file: string, signal: AbortSignal): Promise<void> {
    await this.settle(signal);
    const values = readCheckpoint(this.chosen.training.layout, bytes, file);
    for (const run of this.runs) {
      run.begin(values, this.at);
      run.training.setRate(this.params.rate);
    }
    await this.look(this.at, true);
    await this.settle(signal);
    this.revision += 1;
  }

  write(mode: Mode, length: number, show: (text: string) => void, signal: AbortSignal): Promise<void> {
    const { names } = this.task;
    const tell = (ids: readonly number[]): void => show(ids.map((id) => names[id]).join(''));
    const next = nextOnGpu(this.ctx.device, this.runOf(mode).evaluator);
    return writeOn(next, promptOf(this.heldOut), length, this.params.seed, tell, signal);
  }

  /** As they were when training last came to rest: thousands of points are not gathered anew at every step. */
  series(): readonly Series[] {
    return this.curves;
  }

  get tensors(): readonly string[] {
    return this.chosen.training.layout.slices.map(({ name }) => name);
  }

  async read(name: string): Promise<HostTensor> {
    const slice = this.chosen.training.weights.slices.get(name);
    if (!slice) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return download(this.ctx.device, slice);
  }

  /** Everything comes to rest for it: what was not yet seen of a step would not be seen any more. */
  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    await this.settle(new AbortController().signal);
    return saveState(this.ctx.device, this.runs, this.at, this.rates);
  }

  async restore(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { step, rates } = await Promise.resolve(restoreState(this.ctx.device, this.runs, bytes));
    const { rate } = this.params;
    this.at = step;
    this.rates.splice(0, Infinity, ...rates, { step, rate });
    // It may have moved since.
    for (const { training } of this.runs) training.setRate(rate);
  }
}

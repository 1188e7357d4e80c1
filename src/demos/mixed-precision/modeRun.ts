/** One mode in training: its weights and state on the GPU, what it is watched by, and the log of what happened. */
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, readBack } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { byteLength, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { forward, type Forward } from '@/tensor/forward';
import { Probe, type Watched } from '@/tensor/probe';
import { Training, type Category } from '@/tensor/training';
import { evaluation, type Outputs } from './evaluation';
import { isBroken, type Evaluation, type Log, type Observation, type Stop } from './log';
import { modeDecls, modesOf, optimiser, scalerOf, type Mode } from './modes';
import type { Params } from './params';
import { Snapshots } from './snapshots';
import { WEIGHTS, type Task } from './task';

export class ModeRun implements Log {
  readonly observations: Observation[] = [];
  private readonly evaluated: Evaluation[] = [];
  stop: Stop | undefined;
  /** The first record that shows that something went wrong: no step is made after it is seen. */
  halted: number | undefined;
  private looked = 0;
  /** The step of the last evaluation that was asked for. */
  evaluatedAt = -1;
  private earlier: Log['records'] = [];

  private constructor(
    readonly mode: Mode,
    private readonly device: Device,
    private readonly scope: Scope,
    readonly training: Training,
    /** Forwards on held-out batches, or on what else its inputs are given. */
    readonly evaluator: Forward<Outputs>,
    private readonly watched: Watched,
    private readonly results: GPUBuffer,
    private readonly snapshots: Snapshots,
  ) {}

  static async create(
    device: Device,
    parent: Scope,
    mode: Mode,
    params: Params,
    task: Task,
    probeOf: (training: Training) => Promise<Probe>,
  ): Promise<ModeRun> {
    const scope = parent.child(mode);
    const training = await newTraining(device, scope, mode, params, task);
    const watching = scope.child('watching');
    const held = task.network(task.held.rows);
    const emulate = modeDecls[mode].precision.format === 'bf16' ? 'bf16' : undefined;
    const evaluator = await forward(
      ...([device, watching, held.inputs, training.working] as const),
      (weight, inputs) => evaluation(held, weight, inputs),
      emulate,
    );
    const watched = await (await probeOf(training)).watch(training);
    const results = watching.buffer('results', 8 * task.held.chunks);
    return new ModeRun(
      ...([mode, device, watching, training, evaluator, watched, results] as const),
      new Snapshots(device, watching, training),
    );
  }

  get records(): Log['records'] {
    const own = this.training.records.all;
    const all = this.earlier.length === 0 ? own : [...this.earlier, ...own];
    return this.halted === undefined ? all : all.slice(0, this.halted + 1);
  }

  /** What happened before this session, on a device that was lost. */
  recall(past: Log & { readonly halted: number | undefined }): void {
    this.earlier = past.records;
    this.looked = past.records.length;
    this.halted = past.halted;
    this.stop = past.stop;
    this.evaluatedAt = past.evaluations.at(-1)?.step ?? -1;
    this.observations.splice(0, Infinity, ...past.observations);
    this.evaluated.splice(0, Infinity, ...past.evaluations);
  }

  /** Goes on from other weights, also where it was stopped. */
  begin(values: HostTensor, step: number): void {
    this.training.begin(values);
    this.halted = undefined;
    this.stop = undefined;
    this.looked = this.records.length;
    this.evaluatedAt = -1;
    this.snapshots.forget();
    this.snapshots.take(step);
  }

  /** Queues step `step` on `batch`; with `probe`, gradients are counted too. */
  submit(step: number, batch: HostTensors, probe: Probe | undefined): Promise<void> {
    for (const [name, host] of Object.entries(batch)) this.training.write(name, host);
    if (!probe) {
      this.training.submit();
      return Promise.resolve();
    }
    probe.before(this.watched);
    this.training.submit();
    return probe.after(this.watched).then((tensors) => {
      this.observations.push({ step, lossScale: NaN, tensors });
    });
  }

  keep(step: number): void {
    this.snapshots.take(step);
  }

  /** Queues the held-out batches, each when `next` allows it. */
  async evaluate(
    step: number,
    chunks: readonly Readonly<Record<string, DeviceTensor>>[],
    next: () => Promise<void>,
  ): Promise<void> {
    this.evaluatedAt = step;
    const { inputs, outputs, program } = this.evaluator;
    // The first batch comes last, so that its logits stay.
    for (const [i, chunk] of [...chunks.entries()].reverse()) {
      const recorder = new Recorder(this.device);
      for (const [name, input] of Object.entries(inputs)) recorder.copy(chunk[name]!.buffer, input.buffer);
      program.record(recorder);
      recorder.copy(outputs.loss.buffer, this.results, 4, outputs.loss.offset, 8 * i);
      recorder.copy(outputs.accuracy.buffer, this.results, 4, outputs.accuracy.offset, 8 * i + 4);
      recorder.submit();
      await next();
    }
  }

  /** Reads what was queued, before another step is; resolves once it is in the log. */
  async readEvaluation(step: number, chunks: number): Promise<void> {
    const { results } = this;
    const { logits } = this.evaluator.outputs;
    const found = download(this.device, logits);
    const weights = download(this.device, this.training.working.whole);
    const bytes = 8 * chunks;
    const means = await readBack(
      this.device,
      bytes,
      (encoder, staging) => encoder.copyBufferToBuffer(results, 0, staging, 0, bytes),
      (mapped) => new Float32Array(mapped.slice(0)),
    );
    const mean = (from: number): number =>
      means.filter((_, i) => i % 2 === from).reduce((sum, v) => sum + v, 0) / chunks;
    this.evaluated.push({
      ...{ step, loss: mean(0), accuracy: mean(1) },
      logits: Float32Array.from(valuesOf(await found)),
      weights: Float32Array.from(valuesOf(await weights)),
    });
  }

  /** Looks at the records that have come since the last time, for the first that is not finite. */
  look(): void {
    const { guard } = modeDecls[this.mode];
    for (; this.looked < this.records.length && this.halted === undefined; this.looked++) {
      if (isBroken(this.records[this.looked]!, guard)) this.halted = this.looked;
    }
  }

  /** Those of weights that were still sound. */
  get evaluations(): Log['evaluations'] {
    const { halted } = this;
    return halted === undefined ? this.evaluated : this.evaluated.filter(({ step }) => step <= halted);
  }

  /** The newest state before step `step`, put back; the step at which it was taken. */
  rewind(step: number): number | undefined {
    return this.snapshots.putBack(step);
  }

  /** Bytes of what an evaluation over so many batches reads back, all at once. */
  readBytes(chunks: number): number[] {
    return [8 * chunks, byteLength(this.evaluator.outputs.logits), byteLength(this.training.working.whole)];
  }

  get memory(): Record<Category, number> {
    return this.training.memory;
  }
}

export const newTraining = (
  device: Device,
  scope: Scope,
  mode: Mode,
  params: Params,
  task: Task,
): Promise<Training> =>
  Training.create(device, scope, task.network(params.batch), {
    precision: modeDecls[mode].precision,
    optimiser,
    scaler: scalerOf(mode, params),
    rate: params.rate,
    random: new Random(params.seed, WEIGHTS),
  });

/** All modes that train side by side, and the probe that they share. */
export async function beginAll(
  device: Device,
  scope: Scope,
  params: Params,
  task: Task,
  signal: AbortSignal,
): Promise<{ runs: readonly ModeRun[]; probe: Probe }> {
  let probe: Promise<Probe> | undefined;
  const probeOf = (training: Training): Promise<Probe> =>
    (probe ??= Probe.create(device, scope.child('probe'), task.network(params.batch), training));
  const runs: ModeRun[] = [];
  for (const mode of modesOf(params.mode, params.beside)) {
    runs.push(await ModeRun.create(device, scope, mode, params, task, probeOf));
    signal.throwIfAborted();
  }
  return { runs, probe: await probe! };
}

/** The score network while it learns: its loss at every step, its field against the exact one now and then. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import { tensor, toFloat64, valuesOf, type HostTensor } from '@/lib/tensor';
import { groundOf, judge, POINTS, regions, type Ground, type Judgement } from '@/methods/score/field';
import { FieldOnGpu, Learner, type LearnerOptions } from '@/methods/score/learner';
import { losing, type Evaluation } from './log';
import { streams } from './config';

export class Learning {
  /** Told whenever something came back. */
  onNews: () => void = () => undefined;
  /** Steps that were begun. */
  at = 0;
  /** The step whose loss was no number any more, and what it was. */
  stop: { readonly step: number; readonly loss: number } | undefined;
  evaluations: readonly Evaluation[] = [];
  judgement: Judgement | undefined;
  private earlier: readonly number[] = [];
  private pending: Promise<unknown>[] = [];
  private collecting = false;
  private looked = 0;
  private ground: Ground | undefined;
  /** Weights at the last evaluation that was sound. */
  private good: { readonly step: number; readonly weights: Float32Array<ArrayBuffer> } | undefined;

  private constructor(
    private readonly device: Device,
    readonly learner: Learner,
    private readonly field: FieldOnGpu,
    private readonly half: number,
  ) {}

  static async create(
    device: Device,
    scope: Scope,
    options: LearnerOptions,
    half: number,
  ): Promise<Learning> {
    const learner = await Learner.create(device, scope, options);
    const { reading, training } = learner;
    const field = await FieldOnGpu.create(device, scope.child('field'), training.working, POINTS, reading);
    return new Learning(device, learner, field, half);
  }

  /** Of every step that came back. */
  get losses(): readonly number[] {
    const all = [...this.earlier, ...this.learner.training.records.all.map(({ loss }) => loss)];
    return this.stop ? all.slice(0, this.stop.step) : all;
  }

  async step(every: number, sigma: number, rate: number): Promise<void> {
    if (this.stop) return;
    if (this.at === 0) this.evaluate(sigma);
    await this.learner.submit(this.at);
    this.at += 1;
    if (this.at % every === 0) this.evaluate(sigma);
    if (this.at % 8 === 0 && !this.collecting) {
      this.collecting = true;
      this.later(this.collect(rate).finally(() => (this.collecting = false)));
    }
  }

  /** Everything that is under way has come back, and the field is that of now at this level. */
  async settle(sigma: number, rate: number): Promise<void> {
    await this.collect(rate);
    await Promise.all(this.pending.splice(0));
    const last = this.evaluations.at(-1);
    if (last?.step !== this.now || this.judgement?.ground.sigma !== sigma) {
      this.evaluate(sigma);
      await Promise.all(this.pending.splice(0));
    }
    this.onNews();
  }

  /** The step that the weights are of. */
  get now(): number {
    return this.stop ? (this.good?.step ?? 0) : this.at;
  }

  private async collect(rate: number): Promise<void> {
    await this.learner.training.records.collect();
    const { all } = this.learner.training.records;
    for (; this.looked < all.length && !this.stop; this.looked++) {
      const { loss, overflows } = all[this.looked]!;
      if (!losing(loss) && overflows === 0) continue;
      this.stop = { step: this.earlier.length + this.looked, loss };
      if (this.good) this.learner.begin(this.good.weights, rate);
    }
  }

  private evaluate(sigma: number): void {
    const step = this.now;
    if (this.ground?.sigma !== sigma) {
      const { mixture, seed } = this.learner.options;
      this.ground = groundOf(mixture, sigma, this.half, new Random(seed, streams.judge));
      write(this.device, this.field.x, tensor('f32', [POINTS, 2], this.ground.x));
    }
    const { ground } = this;
    this.field.setLevel(sigma);
    this.field.program.record().submit();
    this.later(this.take(step, ground));
  }

  private async take(step: number, ground: Ground): Promise<void> {
    const [F, weights] = await Promise.all([download(this.device, this.field.F), this.learner.weights()]);
    const judged = judge(ground, toFloat64(F), this.learner.reading.output(ground.sigma));
    const { byRegion } = judged;
    if (!weights.every(Number.isFinite) || !regions.every((name) => Number.isFinite(byRegion[name].error)))
      return;
    if (!this.stop) this.good = { step, weights };
    this.judgement = judged;
    const kept = this.evaluations.filter((each) => each.step < step && each.sigma === ground.sigma);
    this.evaluations = [...kept, { step, sigma: ground.sigma, byRegion }];
  }

  private later(work: Promise<unknown>): void {
    const told = work.then(() => this.onNews());
    // A lost device is told by others.
    told.catch(() => undefined);
    this.pending.push(told);
  }

  /** As bytes, so that it goes on where it stood on another device. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    const tensors = new Map<string, HostTensor>();
    for (const [name, t] of Object.entries(this.state)) tensors.set(name, await download(this.device, t));
    const { losses, stop } = this;
    tensors.set('losses', tensor('f32', [losses.length], losses));
    tensors.set('at', tensor('f32', [3], [this.at, stop?.step ?? -1, stop?.loss ?? 0]));
    return writeSafetensors(tensors);
  }

  restore(bytes: Uint8Array<ArrayBuffer>): void {
    const tensors = readSafetensors(bytes, 'snapshot');
    for (const [name, t] of Object.entries(this.state)) write(this.device, t, tensors.get(name)!);
    this.earlier = [...valuesOf(tensors.get('losses')!)];
    const [at, step, loss] = valuesOf(tensors.get('at')!);
    this.at = at!;
    this.looked = 0;
    this.stop = step! < 0 ? undefined : { step: step!, loss: loss! };
  }

  private get state() {
    const { weights, moments, control } = this.learner.training;
    return { weights: weights.whole, moment1: moments[0]!, moment2: moments[1]!, control };
  }
}

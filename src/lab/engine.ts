/**
 * Keeps one session at the newest parameters: calls on it are serialised, every change is a new generation, work
 * for an older one is cancelled, and a lost device is replaced, with the session as it was before.
 */
import { LabError } from '@/lib/errors';
import type { Turns } from '@/lib/turns';
import { lengthOf, type ChartDecl, type DemoDecl } from './demo';
import { Jobs, type Job, type Show } from './jobs';
import { changedKeys, Living, lossOf, type Open, type Saved } from './living';
import { Store, type RunnerState, type Sweep } from './runnerState';
import type { Params } from './schema';
import type { Create } from './session';

const SNAPSHOT_MS = 10_000;
/** A device lost more often than this within a minute is not asked for again. */
const MOST_LOSSES = 3;

export const cancelled = (): DOMException => new DOMException('cancelled', 'AbortError');

export class Engine {
  readonly store = new Store();
  living: Living | undefined;
  closed = false;
  private readonly jobs = new Jobs();
  private job: Job | undefined;
  private active: AbortController | undefined;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private restartAsked = false;
  private suspended = false;
  private saved: Saved | undefined;
  private losses: number[] = [];
  private nextStepAt = 0;
  private endTurn: () => void = () => undefined;

  constructor(
    readonly demo: DemoDecl,
    private readonly create: Create<Params>,
    private readonly open: Open,
    /** Shared with those whose work must not meet this one's. */
    private readonly turns: Turns,
  ) {}

  change(params: Params, restart: boolean): void {
    if (this.closed) return;
    const { params: before, phase, measurements, contest, sweeps, generation } = this.store.state;
    const moved = changedKeys(before, params);
    this.restartAsked ||= restart;
    if (restart) this.saved = undefined;
    this.jobs.rejectAll(cancelled());
    this.store.set({
      params,
      generation: generation + 1,
      fresh: false,
      phase: phase === 'ready' ? 'ready' : 'starting',
      measurements: moved.length > 0 ? [] : measurements,
      checks: [],
      contest: moved.length > 0 ? undefined : contest,
      sweeps: stillTrue(this.demo.charts, sweeps, moved),
      progress: undefined,
      error: undefined,
    });
    this.active?.abort(cancelled());
    this.wake();
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Runs when nothing is left to bring up to date, one job after another; a late one once the result was checked. */
  async queue(run: Job['run'], late = false): Promise<void> {
    const { phase, error } = this.store.state;
    if (this.closed) throw cancelled();
    if (phase === 'failed') throw error;
    const done = this.jobs.add(run, late);
    this.wake();
    await done;
  }

  /** The check of this generation's result has ended: late jobs may run. */
  release(generation: number): void {
    this.jobs.release(generation);
    this.wake();
  }

  cancelJobs(): void {
    this.jobs.rejectAll(cancelled());
    if (this.job) this.active?.abort(cancelled());
  }

  suspend(): void {
    this.suspended = true;
  }

  resume(): void {
    this.suspended = false;
    this.touch();
    // Jobs that wait to be visible watch the store.
    this.store.set({});
  }

  /** Play or its speed changed: the next step is due now, and time that passed unseen is not caught up. */
  touch(): void {
    this.nextStepAt = 0;
    this.wake();
  }

  private async visible(signal: AbortSignal): Promise<void> {
    if (!this.suspended) return;
    const wake = (): void => this.store.set({});
    signal.addEventListener('abort', wake);
    await this.store.until(() => !this.suspended || signal.aborted);
    signal.removeEventListener('abort', wake);
  }

  /** Between pieces of long work: a hidden page waits here, and others have their turn. */
  async pause(signal: AbortSignal): Promise<void> {
    await this.visible(signal);
    this.endTurn();
    this.endTurn = await this.turns.take();
  }

  async advance(n: number, living: Living, signal: AbortSignal, show: Show): Promise<void> {
    const metrics = await living.session.step(n, signal);
    if (this.demo.process) living.steps += n;
    signal.throwIfAborted();
    const series = living.session.series?.() ?? [];
    show({ metrics, series, steps: living.steps, frame: this.store.state.frame + 1 });
  }

  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.jobs.rejectAll(cancelled());
      this.active?.abort(cancelled());
      this.wake();
    }
    await this.running;
    this.store.set({ phase: 'closed', playing: false, progress: undefined });
  }

  private async loop(): Promise<void> {
    while (!this.closed) {
      const work = this.next();
      if (!work) {
        await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      this.active = new AbortController();
      const { generation } = this.store.state;
      this.endTurn = await this.turns.take();
      await work(this.active.signal, generation);
      this.endTurn();
      this.active = undefined;
    }
    this.end();
  }

  /** What to do now, the newest parameters first. */
  private next(): ((signal: AbortSignal, generation: number) => Promise<void>) | undefined {
    const { generation, phase, playing, error } = this.store.state;
    const { living } = this;
    if (phase === 'failed') {
      this.jobs.rejectAll(error);
      return undefined;
    }
    if (living?.generation !== generation) {
      return (signal, at) =>
        this.settle(signal, at).catch((thrown: unknown) => this.fail(thrown, signal, at));
    }
    if (this.suspended) return undefined;
    const job = this.jobs.take(generation);
    if (job) return (signal, at) => this.runJob(job, living, signal, at);
    if (!playing || !this.demo.process) return undefined;
    if (this.isDone(living)) return (signal, at) => this.rest(living, signal, at);
    const wait = this.nextStepAt - performance.now();
    if (wait > 0) {
      setTimeout(() => this.wake(), wait);
      return undefined;
    }
    return (signal, at) =>
      this.playOn(living, signal, at).catch((thrown: unknown) => this.fail(thrown, signal, at));
  }

  private isDone({ session, steps, params }: Living): boolean {
    return session.ended === true || steps >= lengthOf(this.demo, params);
  }

  /** Play has come to the end of the process. */
  private async rest(living: Living, signal: AbortSignal, generation: number): Promise<void> {
    this.store.publish(generation, { playing: false });
    await this.advance(0, living, signal, (patch) => this.store.publish(generation, patch)).catch(
      (thrown: unknown) => this.fail(thrown, signal, generation),
    );
  }

  /** Brings the session to the current parameters and computes their result. */
  private async settle(signal: AbortSignal, generation: number): Promise<void> {
    signal.throwIfAborted();
    const { params } = this.store.state;
    if (this.living && (this.restartAsked || this.living.tell(this.demo, params) === 'restart')) this.end();
    this.restartAsked = false;
    this.living ??= await this.begin(params, signal, generation);
    const { living } = this;
    // Parameters may have moved between a loss and the return: the next turn tells them.
    if (living.params !== params && changedKeys(living.params, params).length > 0) return;
    await this.advance(this.demo.process ? 0 : 1, living, signal, (patch) => {
      living.generation = generation;
      this.store.publish(generation, { ...patch, phase: 'ready', fresh: true });
    });
  }

  private async begin(params: Params, signal: AbortSignal, generation: number): Promise<Living> {
    const { saved } = this;
    this.store.publish(generation, { phase: 'starting', steps: 0 });
    const living = await Living.begin(this.open, this.create, saved?.params ?? params, signal, saved);
    this.saved = undefined;
    void living.ctx.device.lost.then((info) => this.lose(living, info.message || info.reason));
    return living;
  }

  private async playOn(living: Living, signal: AbortSignal, generation: number): Promise<void> {
    this.nextStepAt = performance.now() + 1000 / this.store.state.speed;
    await this.advance(1, living, signal, (patch) => this.store.publish(generation, patch));
    await living.snapshotEvery(SNAPSHOT_MS);
    // The page's events come in between.
    await new Promise((resolve) => setTimeout(resolve));
  }

  private async runJob(job: Job, living: Living, signal: AbortSignal, generation: number): Promise<void> {
    this.job = job;
    const show: Show = (patch) => {
      signal.throwIfAborted();
      this.store.publish(generation, patch);
    };
    try {
      this.store.publish(generation, { error: undefined });
      await job.run(living, signal, show);
      signal.throwIfAborted();
      // Only what nothing else would bring back.
      if (this.demo.process) await living.snapshotEvery(Infinity);
      job.resolve();
    } catch (thrown) {
      const error = signal.aborted ? (signal.reason as unknown) : ((await lossOf(living.ctx)) ?? thrown);
      // Who asked may have ended it: that is no fault of the run.
      const ended = error instanceof DOMException && error.name === 'AbortError';
      if (!signal.aborted && !ended) this.store.publish(generation, { error });
      job.reject(error);
    } finally {
      this.job = undefined;
      this.store.publish(generation, { progress: undefined });
    }
  }

  /** A failed start or step ends the session; the next change of parameters begins another. */
  private async fail(thrown: unknown, signal: AbortSignal, generation: number): Promise<void> {
    const { living } = this;
    if (living && !signal.aborted) await lossOf(living.ctx);
    if (signal.aborted || generation !== this.store.state.generation) return;
    if (thrown instanceof LabError && thrown.code === 'gpu.lost' && this.countLoss()) return;
    this.end();
    this.saved = undefined;
    this.store.publish(generation, { phase: 'failed', error: thrown, playing: false });
  }

  private lose(living: Living, reason: string): void {
    if (this.closed || this.living !== living) return;
    const error = new LabError('gpu.lost', { reason });
    this.saved = living.save();
    this.end();
    const { notices, generation } = this.store.state;
    const notice = { param: '', text: { en: error.sentence('en'), zh: error.sentence('zh') } };
    this.store.set({
      generation: generation + 1,
      fresh: false,
      progress: undefined,
      ...(this.countLoss()
        ? { phase: 'starting', notices: [...notices, notice] }
        : { phase: 'failed', error, playing: false }),
    });
    this.active?.abort(error);
    this.wake();
  }

  /** Whether another device is worth asking for. */
  private countLoss(): boolean {
    const now = performance.now();
    this.losses = [...this.losses.filter((at) => now - at < 60_000), now];
    return this.losses.length <= MOST_LOSSES;
  }

  private end(): void {
    this.living?.end();
    this.living = undefined;
  }
}

/** A finished chart depends neither on its own x nor on what it holds fixed. */
function stillTrue(
  charts: readonly ChartDecl[],
  sweeps: RunnerState['sweeps'],
  changed: readonly string[],
): Readonly<Record<string, Sweep>> {
  const keeps = ({ x, hold }: ChartDecl): boolean =>
    changed.every((name) => name === x.param || Object.hasOwn(hold ?? {}, name));
  const kept = charts.filter(keeps).map(({ id }) => id);
  return Object.fromEntries(
    Object.entries(sweeps).filter(([id, { complete }]) => complete && kept.includes(id)),
  );
}

/**
 * What one can ask of a running demo: parameters, play, measurements, charts, checks, tensors, the picture. The
 * state is an immutable snapshot with `subscribe`, as stores want it.
 */
import type { HostTensor } from '@/lib/tensor';
import { Turns } from '@/lib/turns';
import type { ChartDecl, DemoDecl, SeriesDecl } from './demo';
import { cancelled, Engine } from './engine';
import { changedKeys, lossOf, type Open } from './living';
import type { Notice, RunnerState } from './runnerState';
import type { Params } from './schema';
import type { Camera, Create, Session } from './session';
import { sweepChart } from './sweep';

/** A contender that takes longer than this per run is left out. */
const BUDGET_MS = 5_000;

export class Runner {
  private readonly engine: Engine;

  constructor(
    readonly demo: DemoDecl,
    create: Create<Params>,
    open: Open,
    /** Runners that share it work one after another: both sides of a comparison, which are timed. */
    turns = new Turns(),
  ) {
    this.engine = new Engine(demo, create, open, turns);
  }

  get state(): RunnerState {
    return this.engine.store.state;
  }

  /** `listener` is called after every change of `state`; the result ends that. */
  subscribe(listener: () => void): () => void {
    return this.engine.store.subscribe(listener);
  }

  /** The session, for what a view asks synchronously; another one after every restart. */
  get session(): Session | undefined {
    return this.engine.living?.session;
  }

  /** Begins with all parameters; settles with `settled`. */
  start(params: Params): Promise<void> {
    this.engine.change(params, false);
    this.engine.start();
    return this.settled();
  }

  /** Moves some parameters. The session takes them live or is made anew; what runs for the old ones is cancelled. */
  update(patch: Params): void {
    const params = { ...this.state.params, ...patch };
    if (changedKeys(this.state.params, params).length > 0) this.engine.change(params, false);
  }

  /** A new session at the same parameters: the process from its beginning. */
  restart(): void {
    this.engine.change(this.state.params, true);
  }

  /** Resolves once the result of the current parameters is published; rejects where that failed or was closed. */
  settled(): Promise<void> {
    return quiet(
      this.engine.store.until(({ phase, fresh, error }) => {
        if (phase === 'failed') throw error;
        if (this.engine.closed) throw cancelled();
        return fresh;
      }),
    );
  }

  play(): void {
    this.engine.store.set({ playing: true });
    this.engine.touch();
  }

  pause(): void {
    if (!this.state.playing) return;
    this.engine.store.set({ playing: false });
    void this.step(0);
  }

  /** Steps per second at most; `Infinity` for as fast as it goes. */
  setSpeed(speed: number): void {
    this.engine.store.set({ speed });
    this.engine.touch();
  }

  /** Steps of the process, while paused or between the steps of play. */
  step(n = 1): Promise<void> {
    const job = this.engine.queue(async (living, signal, show) => {
      if (n > 0) await this.engine.advance(n, living, signal, show);
      if (n === 0 || this.demo.process) await this.engine.advance(0, living, signal, show);
    });
    return quiet(job);
  }

  /** While a page is hidden: what runs ends its current piece, and nothing new begins. */
  suspend(): void {
    this.engine.suspend();
  }

  resume(): void {
    this.engine.resume();
  }

  /** Everything worth measuring at the current parameters, into `state.measurements` as it comes. */
  measure(series?: readonly SeriesDecl[], budgetMs = BUDGET_MS): Promise<void> {
    const job = this.engine.queue(async ({ session }, signal, show) => {
      const startedAt = performance.now();
      const point = { params: this.state.params, budgetMs, ...(series ? { series } : {}) };
      show({ measurements: [], progress: { what: 'measure', done: 0, startedAt } });
      for await (const measured of session.measure(point, signal)) {
        const measurements = [...this.state.measurements, measured];
        show({ measurements, progress: { what: 'measure', done: measurements.length, startedAt } });
        await this.engine.pause(signal);
      }
    });
    return quiet(job);
  }

  /** One chart into `state.sweeps`: every x, then the first again. */
  sweep(chart: ChartDecl, values: readonly number[] = chart.x.values, budgetMs = BUDGET_MS): Promise<void> {
    const job = this.engine.queue(async ({ session, ctx }, signal, show) => {
      const startedAt = performance.now();
      const task = {
        demo: this.demo,
        session,
        params: this.state.params,
        chart,
        values,
        budgetMs,
        turn: () => this.engine.pause(signal),
        fatal: async () => (await lossOf(ctx)) !== undefined,
      };
      for await (const sweep of sweepChart(task, signal)) {
        const done = sweep.points.length + (sweep.complete ? 1 : 0);
        show({
          sweeps: { ...this.state.sweeps, [chart.id]: sweep },
          progress: { what: 'sweep', chart: chart.id, done, total: values.length + 1, startedAt },
        });
      }
    });
    return quiet(job);
  }

  /** The current result against the reference, into `state.checks`; then what takes longer to say of it. */
  verify(): Promise<void> {
    const { generation } = this.state;
    const check = this.engine.queue(async ({ session }, signal, show) => {
      show({ progress: { what: 'verify', done: 0, total: 1, startedAt: performance.now() } });
      show({ checks: await session.verify(signal) });
    });
    const release = (): void => {
      this.engine.release(generation);
    };
    check.then(release, release);
    return quiet(check.then(() => (this.session?.assess ? this.assess() : undefined)));
  }

  private assess(): Promise<void> {
    return this.engine.queue(async ({ session }, signal, show) => {
      const assessed = await session.assess?.(signal);
      show({
        metrics: { ...this.state.metrics, ...assessed },
        ...(session.series ? { series: session.series() } : {}),
      });
    });
  }

  /** The session can look for its fastest variant. */
  get tunable(): boolean {
    return this.session?.tune !== undefined;
  }

  /** Times the variants into `state.contest`; the result is then computed anew, by the winner where `auto` chooses. */
  tune(): Promise<void> {
    const job = this.engine.queue(async ({ session }, signal, show) => {
      if (!session.tune) return;
      show({ contest: undefined, progress: { what: 'tune', done: 0, startedAt: performance.now() } });
      show({ contest: await session.tune(signal) });
    });
    return quiet(job.then(() => this.engine.change(this.state.params, false)));
  }

  /** Tensors that `read` gives. */
  get tensors(): readonly string[] {
    return this.session?.tensors ?? [];
  }

  read(name: string): Promise<HostTensor> {
    return this.ask((session, signal) => session.read(name, signal));
  }

  /**
   * A question of the view's own, in its turn; rejected when the parameters move meanwhile.
   * @param late it takes long: the result is checked first
   */
  async ask<T>(work: (session: Session, signal: AbortSignal) => Promise<T>, late = false): Promise<T> {
    const answers: T[] = [];
    await this.engine.queue(async ({ session }, signal) => {
      answers.push(await work(session, signal));
    }, late);
    return answers[0]!;
  }

  /** Cancels measurements, sweeps, checks and reads, waiting ones too; parameters and play stay. */
  cancel(): void {
    this.engine.cancelJobs();
  }

  /** Paints if there is something to paint; a frame takes what there is and never waits. */
  draw(target: GPUTexture, camera: Camera): boolean {
    const { living } = this.engine;
    if (!living?.session.draw || living.generation < 0) return false;
    living.session.draw(target, camera);
    return true;
  }

  dismiss(notice: Notice): void {
    this.engine.store.set({ notices: this.state.notices.filter((other) => other !== notice) });
  }

  /** Ends everything, once the call that runs has returned; the scope is closed then. */
  close(): Promise<void> {
    return this.engine.close();
  }
}

/** The state shows failures too, so that a caller may leave the promise alone. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

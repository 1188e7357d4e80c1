/**
 * CPU work in workers: references and baselines of kernels, split by rows. Inputs are copied to each worker once;
 * outputs come back as row ranges, transferred, so that a plain host without SharedArrayBuffer can use all cores.
 */
import { summarise, type Summary } from './stats';
import type { HostTensors } from './tensor';

/** What runs inside a worker; the pool talks to it by comlink. */
export interface CpuWorker {
  /** Float64 reference on selected rows. */
  reference(
    kernel: string,
    inputs: HostTensors,
    attrs: unknown,
    rows: readonly number[],
  ): Promise<Record<string, Float64Array>>;
  /** Widens and keeps the inputs of one job; replaces the job before. */
  load(kernel: string, competitor: Competitor, inputs: HostTensors, attrs: unknown): Promise<void>;
  /** Runs the loaded job on a range of rows; milliseconds by the worker's clock. */
  run(rows: readonly [number, number]): Promise<number>;
  /** Outputs of the last run. */
  outputs(): Promise<Record<string, Float32Array | Int32Array>>;
}

/** `baseline`: tuned TypeScript; `wasm`: a SIMD library, where the kernel's room has one. */
export type Competitor = 'baseline' | 'wasm';

export interface WorkerHandle {
  readonly worker: CpuWorker;
  terminate(): void;
}

export interface CpuTiming {
  readonly time: Summary;
  readonly workers: number;
}

export interface CpuOptions {
  readonly competitor?: Competitor;
  /** One core, or all that the pool has. */
  readonly workers?: 'one' | 'all';
  /** A job that would take longer per run is not run: null comes back. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
}

export class Pool {
  private handles: WorkerHandle[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly size: number,
    private readonly spawn: () => WorkerHandle,
  ) {}

  reference(
    kernel: string,
    inputs: HostTensors,
    attrs: unknown,
    rows: readonly number[],
    signal?: AbortSignal,
  ): Promise<Record<string, Float64Array>> {
    return this.exclusive(signal, async () => this.at(0).reference(kernel, inputs, attrs, rows));
  }

  /** The whole result, for where there is no GPU. */
  compute(
    kernel: string,
    inputs: HostTensors,
    attrs: unknown,
    rows: number,
    signal?: AbortSignal,
  ): Promise<Record<string, Float32Array | Int32Array>> {
    return this.exclusive(signal, async () => {
      await this.at(0).load(kernel, 'baseline', inputs, attrs);
      await this.at(0).run([0, rows]);
      return this.at(0).outputs();
    });
  }

  /** Times the baseline; a small share of the rows is timed first to predict the whole. */
  time(
    kernel: string,
    inputs: HostTensors,
    attrs: unknown,
    rows: number,
    options: CpuOptions,
  ): Promise<CpuTiming | null> {
    const { competitor = 'baseline', workers = 'one', budgetMs, signal } = options;
    return this.exclusive(signal, async () => {
      const count = workers === 'all' ? Math.min(this.size, rows) : 1;
      const team = Array.from({ length: count }, (_, i) => this.at(i));
      await Promise.all(team.map((worker) => worker.load(kernel, competitor, inputs, attrs)));
      const once = (share: number): Promise<number> =>
        runOnce(team, Math.max(count, Math.round(rows * share)));
      const share = Math.min(1, Math.max(1 / 64, count / rows));
      // A library runs the whole or nothing, and warms up at its first run.
      if (competitor === 'baseline') {
        await once(share);
        if ((await once(share)) / share > budgetMs) return null;
      } else if ((await once(1)) > budgetMs) return null;
      const times: number[] = [];
      let spent = 0;
      while (times.length < 3 || (times.length < 10 && spent < Math.min(budgetMs, 2000))) {
        signal?.throwIfAborted();
        const ms = await once(1);
        times.push(ms);
        spent += ms;
      }
      return { time: summarise(times), workers: count };
    });
  }

  close(): void {
    for (const handle of this.handles) handle.terminate();
    this.handles = [];
  }

  private at(i: number): CpuWorker {
    while (this.handles.length <= i) this.handles.push(this.spawn());
    const handle = this.handles[i];
    if (!handle) throw new RangeError(`no worker ${i}`);
    return handle.worker;
  }

  /** One job at a time, so that timings do not compete; an abort ends the workers, which cannot be interrupted. */
  private exclusive<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    const run = this.turn.then(() => {
      signal?.throwIfAborted();
      return new Promise<T>((resolve, reject) => {
        const abort = (): void => {
          this.close();
          reject(
            signal?.reason instanceof Error ? signal.reason : new DOMException('cancelled', 'AbortError'),
          );
        };
        signal?.addEventListener('abort', abort, { once: true });
        job()
          .then(resolve, reject)
          .finally(() => {
            signal?.removeEventListener('abort', abort);
          });
      });
    });
    this.turn = run.catch(() => undefined);
    return run;
  }
}

/** Wall clock of all ranges together where there are several workers, else the worker's own clock. */
async function runOnce(team: readonly CpuWorker[], rows: number): Promise<number> {
  const [only] = team;
  if (team.length === 1 && only) return only.run([0, rows]);
  const started = performance.now();
  await Promise.all(
    team.map((worker, i) =>
      worker.run([Math.floor((rows * i) / team.length), Math.floor((rows * (i + 1)) / team.length)]),
    ),
  );
  return performance.now() - started;
}

/** A session, its context and its device that count what is done to them, for tests of the runner. */
import { tensor } from '@/lib/tensor';
import type { Turns } from '@/lib/turns';
import type { DemoDecl } from './demo';
import type { Measurement } from './report';
import { Runner } from './runner';
import { defaultsOf, type Params } from './schema';
import type { Context, Metrics, Session } from './session';
import { sampleDemo } from './testing';

export const defaults = defaultsOf(sampleDemo.params);
export const tick = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const measurement = (name: string, n: number, median = 1): Measurement => ({
  name,
  device: 'gpu',
  variant: 'only',
  dtype: 'f32',
  shape: { n },
  timeMs: { median, p10: median, p90: median, samples: 10, method: 'wall' },
  flops: 0,
  bytes: 0,
  peakBytes: 0,
  workspaceBytes: 0,
  tuned: false,
});

/** A device that can be lost, and counts what was opened and closed on it. */
export class Bench {
  opened = 0;
  closed = 0;
  /** Calls on sessions that are running now, and the most there ever were. */
  running = 0;
  mostRunning = 0;
  readonly log: string[] = [];
  readonly sessions: FakeSession[] = [];
  lose: (info: { reason: string; message: string }) => void = () => undefined;
  failNext: Error | undefined;
  /** Milliseconds that a step or a measurement takes. */
  pace = 1;
  obeysAbort = true;
  restartsOn = new Set(['heads']);

  readonly open = async (): Promise<Context> => {
    this.opened++;
    const lost = new Promise((resolve) => (this.lose = resolve));
    const scope = { close: () => this.closed++ };
    return { device: { lost }, scope } as unknown as Context;
  };

  readonly create = async (_ctx: Context, params: Params, signal: AbortSignal): Promise<Session> => {
    await this.work('create', signal);
    const session = new FakeSession(this, params);
    this.sessions.push(session);
    return session;
  };

  async work(name: string, signal?: AbortSignal): Promise<void> {
    this.log.push(name);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    try {
      if (this.failNext) {
        const error = this.failNext;
        this.failNext = undefined;
        throw error;
      }
      await tick(this.pace);
      if (this.obeysAbort) signal?.throwIfAborted();
    } finally {
      this.running--;
    }
  }
}

export class FakeSession implements Session {
  readonly tensors = ['o'];
  count = 0;
  drift = 1;
  revision = 0;

  constructor(
    private readonly bench: Bench,
    private params: Params,
  ) {}

  update(params: Params, changed: readonly string[]): 'live' | 'restart' {
    this.bench.log.push(`update ${changed.join()}`);
    if (changed.some((name) => this.bench.restartsOn.has(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(n: number, signal: AbortSignal): Promise<Metrics> {
    const { params } = this;
    await this.bench.work(`step ${n}`, signal);
    this.count += n;
    return { n: Number(params.n), heads: Number(params.heads), count: this.count };
  }

  async *measure({ params }: { params: Params }, signal: AbortSignal): AsyncGenerator<Measurement> {
    for (const name of ['sum', 'other']) {
      await this.bench.work(`measure ${name} ${Number(params.n)} ${Number(params.heads)}`, signal);
      yield measurement(name, Number(params.n), (this.drift *= 1.1));
    }
  }

  async tune(signal: AbortSignal): ReturnType<NonNullable<Session['tune']>> {
    await this.bench.work('tune', signal);
    return { winner: 'only', entries: [{ variant: 'only' }] };
  }

  async verify(signal: AbortSignal): ReturnType<Session['verify']> {
    const { params } = this;
    await this.bench.work('verify', signal);
    const error = Number(params.n);
    return [
      { name: 'sum', maxAbsError: error, relError: 0, tolerance: 1, rowsChecked: 1, rows: 1, pass: true },
    ];
  }

  async assess(signal: AbortSignal): ReturnType<NonNullable<Session['assess']>> {
    await this.bench.work('assess', signal);
    return { assessed: Number(this.params.n) };
  }

  async read(name: string, signal: AbortSignal): ReturnType<Session['read']> {
    await this.bench.work(`read ${name}`, signal);
    return tensor('f32', [1], [Number(this.params.n)]);
  }

  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.of(this.count);
  }

  async restore(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.bench.log.push(`restore ${bytes[0] ?? ''}`);
    this.count = bytes[0] ?? 0;
  }
}

/** Runners on benches, closed all together when a test ends. */
export class Runners {
  private open: Runner[] = [];

  on(bench: Bench, demo: DemoDecl = sampleDemo, turns?: Turns): Runner {
    return this.keep(new Runner(demo, bench.create, bench.open, turns));
  }

  keep(runner: Runner): Runner {
    this.open.push(runner);
    return runner;
  }

  async close(): Promise<void> {
    for (const runner of this.open.splice(0)) await runner.close();
  }
}

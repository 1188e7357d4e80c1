import { afterEach, describe, expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { tensor } from '@/lib/tensor';
import type { DemoDecl } from './demo';
import type { Measurement } from './report';
import { Runner } from './runner';
import { defaultsOf, type Params } from './schema';
import type { Context, Metrics, Session } from './session';
import { sampleDemo } from './testing';

const defaults = defaultsOf(sampleDemo.params);
const tick = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const measurement = (name: string, n: number, median = 1): Measurement => ({
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
class Bench {
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

class FakeSession implements Session {
  readonly tensors = ['o'];
  count = 0;
  drift = 1;

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

const runners: Runner[] = [];
function runnerOn(bench: Bench, demo: DemoDecl = sampleDemo): Runner {
  const runner = new Runner(demo, bench.create, bench.open);
  runners.push(runner);
  return runner;
}
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.close();
});

/** Every result that was ever shown, with the parameters that stood beside it. */
function watch(runner: Runner): { n: number; shown: number }[] {
  const seen: { n: number; shown: number }[] = [];
  runner.subscribe(() => {
    const { fresh, params, metrics, checks } = runner.state;
    if (fresh) seen.push({ n: Number(params.n), shown: metrics.n ?? NaN });
    for (const check of checks) seen.push({ n: Number(params.n), shown: check.maxAbsError });
  });
  return seen;
}

describe('parameters', () => {
  test('starting computes the result once', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    expect(bench.log).toEqual(['create', 'step 1']);
    expect(runner.state).toMatchObject({
      phase: 'ready',
      fresh: true,
      steps: 0,
      frame: 1,
      metrics: { n: 256 },
    });
  });

  test('a moved parameter is told; one that needs it makes another session on a fresh scope', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    runner.update({ n: 512 });
    expect(runner.state).toMatchObject({ fresh: false, params: { n: 512 } });
    await runner.settled();
    expect([bench.opened, bench.closed]).toEqual([1, 0]);
    runner.update({ heads: 8 });
    await runner.settled();
    expect([bench.opened, bench.closed]).toEqual([2, 1]);
    expect(runner.state.metrics).toMatchObject({ n: 512, heads: 8 });
    expect(bench.log).toEqual(['create', 'step 1', 'update n', 'step 1', 'update heads', 'create', 'step 1']);
  });

  test('another file is another session, whatever the session would say', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    runner.update({ 'input-file': { name: 'a', bytes: 1, sha256: 'x' } });
    await runner.settled();
    runner.update({ 'input-file': { name: 'renamed', bytes: 1, sha256: 'x' } });
    await runner.settled();
    expect(bench.opened).toBe(2);
  });

  test.each([true, false])(
    'no stale result is shown while a slider moves (abort obeyed: %s)',
    async (obeys) => {
      const bench = new Bench();
      bench.obeysAbort = obeys;
      bench.pace = 3;
      const runner = runnerOn(bench);
      const seen = watch(runner);
      void runner.start({ ...defaults, n: 1 });
      for (let n = 2; n <= 60; n++) {
        await tick(n % 7);
        runner.update({ n, heads: 1 + (n % 3) });
        void runner.verify();
      }
      await runner.settled();
      await runner.verify();
      expect(runner.state.metrics.n).toBe(60);
      expect(seen.length).toBeGreaterThan(1);
      for (const { n, shown } of seen) expect(shown).toBe(n);
      expect(bench.mostRunning).toBe(1);
      await runner.close();
      expect(bench.closed).toBe(bench.opened);
    },
  );

  test('restart begins anew at the same parameters', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    runner.restart();
    await runner.settled();
    expect(bench.log).toEqual(['create', 'step 1', 'create', 'step 1']);
    expect([bench.opened, bench.closed]).toEqual([2, 1]);
  });
});

describe('jobs', () => {
  test('measurements arrive one by one, a check and a tensor come back, all in turn', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    void runner.start(defaults);
    const all = await Promise.all([runner.measure(), runner.verify(), runner.read('o')]);
    expect(runner.state.measurements.map(({ name }) => name)).toEqual(['sum', 'other']);
    expect(runner.state.checks[0]?.pass).toBe(true);
    expect(all[2].data[0]).toBe(256);
    expect(runner.state.progress).toBeUndefined();
    expect(bench.mostRunning).toBe(1);
  });

  test('a question of a view takes its turn, and one for older parameters is refused', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const ask = (): Promise<string> =>
      runner.ask(async (session, signal) => {
        await bench.work('ask', signal);
        return session.tensors.join();
      });
    expect(await ask()).toBe('o');
    const late = ask();
    await tick(0);
    runner.update({ n: 3 });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    expect(await ask()).toBe('o');
    expect(bench.mostRunning).toBe(1);
  });

  test('a chart visits every x with what it holds, then the first again', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const chart = sampleDemo.charts[0]!;
    const totals = new Set<string>();
    runner.subscribe(() => {
      const { progress } = runner.state;
      if (progress) totals.add(`${progress.done}/${progress.total ?? ''}`);
    });
    await runner.sweep(chart);
    const { time } = runner.state.sweeps;
    expect(time?.points.map(({ x, measurements }) => [x, measurements.length])).toEqual([
      [64, 2],
      [128, 2],
      [256, 2],
    ]);
    expect(time?.complete).toBe(true);
    expect(time?.drift).toBeCloseTo(1.1 ** 6 - 1);
    expect(bench.log.filter((entry) => entry.startsWith('measure sum'))).toEqual([
      'measure sum 64 1',
      'measure sum 128 1',
      'measure sum 256 1',
      'measure sum 64 1',
    ]);
    expect([...totals]).toEqual(['0/4', '1/4', '2/4', '3/4', '4/4']);
  });

  test('a point that fails, or that a rule forbids, is an entry and not an end', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start({ ...defaults, dtype: 'f16' });
    bench.failNext = new LabError('gpu.memory', { what: 'scores', needed: '4 GiB', live: '1 MiB' });
    await runner.sweep(sampleDemo.charts[0]!, [64, 128, 2048]);
    const points = runner.state.sweeps.time?.points ?? [];
    expect(points.map(({ error }) => (error as LabError | undefined)?.code)).toEqual([
      'gpu.memory',
      undefined,
      'usage',
    ]);
  });

  test('moving a parameter ends a chart; a finished one stays while only its own x moves', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const first = runner.sweep(sampleDemo.charts[0]!);
    await tick(5);
    runner.update({ n: 64 });
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(runner.state.sweeps).toEqual({});
    await runner.sweep(sampleDemo.charts[0]!);
    runner.update({ n: 128 });
    expect(runner.state.sweeps.time?.complete).toBe(true);
    runner.update({ causal: true });
    expect(runner.state.sweeps).toEqual({});
  });

  test('cancel ends what runs and what waits, and nothing else', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const [running, waiting] = [runner.measure(), runner.verify()];
    await tick(1);
    runner.cancel();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(runner.state).toMatchObject({
      phase: 'ready',
      fresh: true,
      progress: undefined,
      error: undefined,
    });
    await runner.verify();
  });

  test('a contest is followed by the result anew; a moved parameter ends it and what it found', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    await runner.measure();
    const { generation } = runner.state;
    await runner.tune();
    await runner.settled();
    expect(bench.log.slice(-2)).toEqual(['tune', 'step 1']);
    expect(runner.state).toMatchObject({ contest: { winner: 'only' }, progress: undefined });
    expect(runner.state.generation).toBe(generation + 1);
    expect(runner.state.measurements).toHaveLength(2);
    const running = runner.tune();
    await tick();
    expect(runner.state.progress?.what).toBe('tune');
    runner.update({ n: 300 });
    await expect(running).rejects.toThrow('cancelled');
    await runner.settled();
    expect(runner.state).toMatchObject({ contest: undefined, fresh: true, measurements: [] });
  });

  test('a failed job is told and leaves the session as it was', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    bench.failNext = new Error('out of tiles');
    await expect(runner.measure()).rejects.toThrow('out of tiles');
    expect(runner.state).toMatchObject({ phase: 'ready', fresh: true });
    expect((runner.state.error as Error).message).toBe('out of tiles');
    await runner.measure();
    expect(runner.state.error).toBeUndefined();
  });
});

describe('failure', () => {
  test.each(['open', 'create', 'step'])('%s fails: the next parameter tries again', async (where) => {
    const bench = new Bench();
    let failing = true;
    const runner = new Runner(
      sampleDemo,
      async (ctx, params, signal) => {
        if (where === 'create' && failing) throw new LabError('gpu.memory', {});
        const session = await bench.create(ctx, params, signal);
        if (where === 'step' && failing) bench.failNext = new LabError('gpu.memory', {});
        return session;
      },
      async () => {
        if (where === 'open' && failing) throw new LabError('gpu.adapter');
        return bench.open();
      },
    );
    runners.push(runner);
    await expect(runner.start(defaults)).rejects.toBeInstanceOf(LabError);
    expect(runner.state.phase).toBe('failed');
    await expect(runner.measure()).rejects.toBeInstanceOf(LabError);
    expect(bench.closed).toBe(bench.opened);
    failing = false;
    runner.update({ n: 64 });
    await runner.settled();
    expect(runner.state).toMatchObject({ phase: 'ready', metrics: { n: 64 }, error: undefined });
  });

  test('closing at any moment closes every scope exactly once', async () => {
    for (let after = 0; after < 12; after++) {
      const bench = new Bench();
      const runner = runnerOn(bench);
      void runner.start(defaults);
      void runner.measure();
      await tick(after);
      runner.update({ heads: 8 });
      await tick(after % 3);
      await Promise.all([runner.close(), runner.close()]);
      expect(bench.closed).toBe(bench.opened);
      expect(runner.state.phase).toBe('closed');
      runner.update({ n: 2 });
      await expect(runner.verify()).rejects.toMatchObject({ name: 'AbortError' });
      expect(bench.closed).toBe(bench.opened);
    }
  });
});

describe('a process', () => {
  const process: DemoDecl = { ...sampleDemo, process: true };

  test('plays, pauses and steps', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench, process);
    await runner.start(defaults);
    expect(runner.state).toMatchObject({ steps: 0, metrics: { count: 0 } });
    await runner.step(3);
    expect(runner.state).toMatchObject({ steps: 3, metrics: { count: 3 } });
    runner.play();
    await tick(60);
    runner.pause();
    await runner.step(0);
    const { steps } = runner.state;
    expect(steps).toBeGreaterThan(6);
    await tick(30);
    expect(runner.state.steps).toBe(steps);
  });

  test('speed bounds the steps, and a hidden page makes no jump', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench, process);
    await runner.start(defaults);
    runner.setSpeed(50);
    /** A busy machine may take longer than it was asked to wait. */
    const most = (since: number): number => (performance.now() - since) / 20 + 2;
    const began = performance.now();
    runner.play();
    await tick(110);
    runner.suspend();
    await tick(30);
    const { steps } = runner.state;
    expect(steps).toBeGreaterThanOrEqual(1);
    expect(steps).toBeLessThanOrEqual(most(began));
    await tick(200);
    expect(runner.state.steps).toBe(steps);
    const resumed = performance.now();
    runner.resume();
    await tick(50);
    runner.pause();
    expect(runner.state.steps).toBeGreaterThan(steps);
    expect(runner.state.steps - steps).toBeLessThanOrEqual(most(resumed));
  });

  test('a parameter that moves while it plays is taken up between steps', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench, process);
    await runner.start(defaults);
    runner.play();
    await tick(20);
    runner.update({ n: 7 });
    await runner.settled();
    expect(runner.state.metrics.n).toBe(7);
    expect(runner.state.steps).toBeGreaterThan(0);
    expect(bench.opened).toBe(1);
  });

  test('a hidden page holds a chart between its points', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const sweep = runner.sweep(sampleDemo.charts[0]!);
    await tick(2);
    runner.suspend();
    await tick(30);
    const { length } = bench.log;
    await tick(30);
    expect(bench.log).toHaveLength(length);
    runner.resume();
    await sweep;
    expect(runner.state.sweeps.time?.complete).toBe(true);
  });
});

describe('a lost device', () => {
  const lost = { reason: 'destroyed', message: 'the driver went away' };

  test('the result comes back on another, with a notice', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start({ ...defaults, n: 99 });
    bench.lose(lost);
    await tick(1);
    expect(runner.state.fresh).toBe(false);
    await runner.settled();
    expect(runner.state).toMatchObject({ phase: 'ready', metrics: { n: 99 } });
    expect(runner.state.notices[0]?.text.en).toContain('the driver went away');
    expect([bench.opened, bench.closed]).toEqual([2, 1]);
    runner.dismiss(runner.state.notices[0]!);
    expect(runner.state.notices).toEqual([]);
  });

  test('a process is replayed from its seed', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench, { ...sampleDemo, process: true });
    await runner.start(defaults);
    await runner.step(5);
    bench.lose(lost);
    await tick(1);
    await runner.settled();
    expect(runner.state).toMatchObject({ steps: 5, metrics: { count: 5 } });
  });

  test('parameters moved after the loss are told after the return', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench, { ...sampleDemo, process: true });
    await runner.start(defaults);
    await runner.step(5);
    bench.lose(lost);
    await tick(0);
    runner.update({ n: 3 });
    await runner.settled();
    expect(runner.state).toMatchObject({ steps: 5, metrics: { count: 5, n: 3 } });
    expect(bench.log.slice(-4)).toEqual(['create', 'step 5', 'update n', 'step 0']);
  });

  test('what ran on it is refused with the reason', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    const measuring = runner.measure();
    await tick(0);
    bench.lose(lost);
    await expect(measuring).rejects.toMatchObject({ code: 'gpu.lost' });
    await runner.settled();
    await runner.measure();
  });

  test('a call that fails a moment before the loss is known does not end the session', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    bench.failNext = new Error('mapAsync was rejected');
    runner.update({ n: 5 });
    await tick(10);
    bench.lose(lost);
    await tick(1);
    await runner.settled();
    expect(runner.state).toMatchObject({ phase: 'ready', metrics: { n: 5 } });
  });

  test('a device that is lost again and again is given up', async () => {
    const bench = new Bench();
    const runner = runnerOn(bench);
    await runner.start(defaults);
    for (let i = 0; i < 4; i++) {
      await runner.settled();
      bench.lose(lost);
      await tick(5);
    }
    await expect(runner.settled()).rejects.toMatchObject({ code: 'gpu.lost' });
    expect(runner.state.phase).toBe('failed');
    expect(bench.closed).toBe(bench.opened);
  });
});

/** The runner keeps one session at the newest parameters, whatever fails or ends meanwhile. */
import { afterEach, describe, expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { Bench, defaults, Runners, tick } from './fakeSession';
import { Runner } from './runner';
import { sampleDemo } from './testing';

const runners = new Runners();
afterEach(() => runners.close());

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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
      const runner = runners.on(bench);
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
    const runner = runners.on(bench);
    await runner.start(defaults);
    runner.restart();
    await runner.settled();
    expect(bench.log).toEqual(['create', 'step 1', 'create', 'step 1']);
    expect([bench.opened, bench.closed]).toEqual([2, 1]);
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
    runners.keep(runner);
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
      const runner = runners.on(bench);
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

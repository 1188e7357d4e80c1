/** What is asked of a running demo takes its turn: measurements, charts, checks, contests, questions. */
import { afterEach, describe, expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { Turns } from '@/lib/turns';
import { Bench, defaults, Runners, tick } from './fakeSession';
import { sampleDemo } from './testing';

const runners = new Runners();
afterEach(() => runners.close());

describe('jobs', () => {
  test('measurements arrive one by one, a check and a tensor come back, all in turn', async () => {
    const bench = new Bench();
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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

  test('a late question waits for the check, and goes before what takes longer to say', async () => {
    const bench = new Bench();
    const runner = runners.on(bench);
    await runner.start(defaults);
    const ask = (name: string, late: boolean) => runner.ask((_, signal) => bench.work(name, signal), late);
    const late = ask('late', true);
    await ask('soon', false);
    await tick(20);
    expect(bench.log.slice(2)).toEqual(['soon']);
    await Promise.all([late, runner.verify()]);
    expect(bench.log.slice(2)).toEqual(['soon', 'verify', 'late', 'assess']);
    expect(runner.state.metrics.assessed).toBe(256);
    await ask('later', true);
    runner.update({ n: 3 });
    const next = ask('next', true);
    await runner.settled();
    bench.failNext = new RangeError('wrong');
    await expect(runner.verify()).rejects.toThrow('wrong');
    await next;
    expect(bench.log.slice(6)).toEqual(['later', 'update n', 'step 1', 'verify', 'next']);
  });

  test('a question that its asker ends is no error of the run; one that fails is', async () => {
    const runner = runners.on(new Bench());
    await runner.start(defaults);
    const ending = new AbortController();
    const ended = runner.ask(() => {
      ending.abort();
      ending.signal.throwIfAborted();
      return Promise.resolve();
    });
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
    expect(runner.state.error).toBeUndefined();
    await expect(runner.ask(() => Promise.reject(new RangeError('wrong')))).rejects.toThrow('wrong');
    expect(runner.state.error).toMatchObject({ message: 'wrong' });
  });

  test('a chart visits every x with what it holds, then the first again', async () => {
    const bench = new Bench();
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
    await runner.start(defaults);
    bench.failNext = new Error('out of tiles');
    await expect(runner.measure()).rejects.toThrow('out of tiles');
    expect(runner.state).toMatchObject({ phase: 'ready', fresh: true });
    expect((runner.state.error as Error).message).toBe('out of tiles');
    await runner.measure();
    expect(runner.state.error).toBeUndefined();
  });
});

describe('two that are compared', () => {
  test('work in turn, a chart point by point, and one that ends leaves the other to go on', async () => {
    const [bench, turns] = [new Bench(), new Turns()];
    const [a, b] = [runners.on(bench, sampleDemo, turns), runners.on(bench, sampleDemo, turns)];
    await Promise.all([a.start(defaults), b.start({ ...defaults, heads: 2, 'kv-heads': 2 })]);
    const [chart] = sampleDemo.charts;
    bench.log.length = 0;
    const own = { ...chart!, hold: {} };
    await Promise.all([a.sweep(own, [64, 128]), b.sweep(own, [64, 128])]);
    expect(bench.mostRunning).toBe(1);
    const sums = bench.log.filter((entry) => entry.startsWith('measure sum'));
    // Whoever pauses first lets the other begin; from then on they alternate.
    expect(sums).toEqual([64, 128, 64].flatMap((n) => [`measure sum ${n} 2`, `measure sum ${n} 4`]));
    bench.log.length = 0;
    await Promise.all([a.measure(), b.measure()]);
    expect(bench.log.map((entry) => entry.at(-1))).toEqual(['4', '2', '4', '2']);
    const [ended, other] = [a.sweep(own), b.sweep(own)];
    await a.close();
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
    await other;
    expect(b.state.sweeps[own.id]?.complete).toBe(true);
    expect(bench.mostRunning).toBe(1);
  });
});

/** A process plays and pauses, and comes back from where it was when its device is lost. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DemoDecl } from './demo';
import { Bench, defaults, Runners, tick } from './fakeSession';
import { sampleDemo } from './testing';

const runners = new Runners();
afterEach(() => runners.close());

describe('a process', () => {
  const process: DemoDecl = { ...sampleDemo, process: true };

  test('plays, pauses and steps', async () => {
    const bench = new Bench();
    const runner = runners.on(bench, process);
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
    const runner = runners.on(bench, process);
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
    const runner = runners.on(bench, process);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench, { ...sampleDemo, process: true });
    await runner.start(defaults);
    await runner.step(5);
    bench.lose(lost);
    await tick(1);
    await runner.settled();
    expect(runner.state).toMatchObject({ steps: 5, metrics: { count: 5 } });
  });

  test('a process comes back from its last snapshot, and the steps since are done again', async () => {
    const bench = new Bench();
    const runner = runners.on(bench, { ...sampleDemo, process: true });
    await runner.start(defaults);
    await runner.step(5);
    // Snapshots are seldom: time passes.
    const now = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);
    runner.play();
    await runner.step(0);
    while (runner.state.steps < 8) await tick(1);
    runner.pause();
    await runner.step(0);
    later.mockRestore();
    const { steps } = runner.state;
    bench.log.length = 0;
    bench.lose(lost);
    await tick(1);
    await runner.settled();
    expect(runner.state).toMatchObject({ steps, metrics: { count: steps } });
    const taken = Number(bench.log.find((entry) => entry.startsWith('restore'))?.split(' ')[1]);
    expect(taken).toBeGreaterThan(5);
    expect(bench.log).toEqual(['create', `restore ${taken}`, `step ${steps - taken}`, 'step 0']);
  });

  test('what was loaded into the session comes back, however short a time before the loss', async () => {
    const bench = new Bench();
    const runner = runners.on(bench, { ...sampleDemo, process: true });
    await runner.start(defaults);
    await runner.step(5);
    await runner.ask(async () => {
      bench.sessions[0]!.count = 100;
      bench.sessions[0]!.revision += 1;
    });
    await runner.step(2);
    bench.lose(lost);
    await tick(1);
    await runner.settled();
    expect(runner.state).toMatchObject({ steps: 7, metrics: { count: 102 } });
  });

  test('parameters moved after the loss are told after the return', async () => {
    const bench = new Bench();
    const runner = runners.on(bench, { ...sampleDemo, process: true });
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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
    const runner = runners.on(bench);
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

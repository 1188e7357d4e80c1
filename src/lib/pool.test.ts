import { expect, test } from 'vitest';
import { Pool, type CpuWorker } from './pool';

/** A worker whose job takes `rows` milliseconds by its own clock. */
function fakePool(size: number, perRowMs: number) {
  const log: string[] = [];
  let terminated = 0;
  const pool = new Pool(size, () => {
    const worker: CpuWorker = {
      reference: () => new Promise(() => undefined),
      load: (kernel) => {
        log.push(`load ${kernel}`);
        return Promise.resolve();
      },
      run: ([start, end]) => {
        log.push(`run ${start}-${end}`);
        return Promise.resolve((end - start) * perRowMs);
      },
      outputs: () => Promise.resolve({ y: new Float32Array([1]) }),
    };
    return { worker, terminate: () => terminated++ };
  });
  return { pool, log, terminated: () => terminated };
}

test('one core runs all rows and reports the worker’s own time', async () => {
  const { pool, log } = fakePool(4, 1);
  const timing = await pool.time('k', {}, {}, 100, { budgetMs: 1e3 });
  expect(timing).toMatchObject({ workers: 1, time: { median: 100, samples: 10 } });
  expect(log.at(-1)).toBe('run 0-100');
});

test('all cores split the rows without gap or overlap', async () => {
  const { pool, log } = fakePool(3, 1);
  await pool.time('k', {}, {}, 100, { workers: 'all', budgetMs: 1e9 });
  expect(log.slice(-3)).toEqual(['run 0-33', 'run 33-66', 'run 66-100']);
});

test('what would exceed the budget is predicted from a share and left out', async () => {
  const { pool, log } = fakePool(1, 10);
  expect(await pool.time('k', {}, {}, 6400, { budgetMs: 1000 })).toBeNull();
  expect(log).toEqual(['load k', 'run 0-100', 'run 0-100']);
});

test('an abort ends the workers and the next job gets new ones', async () => {
  const { pool, terminated } = fakePool(1, 1);
  const abort = new AbortController();
  const hanging = pool.reference('k', {}, {}, [0], abort.signal);
  await Promise.resolve();
  setTimeout(() => {
    abort.abort();
  }, 5);
  await expect(hanging).rejects.toThrow(/abort/i);
  expect(terminated()).toBe(1);
  expect(await pool.compute('k', {}, {}, 1)).toEqual({ y: new Float32Array([1]) });
});

test('a signal that aborts after its job leaves later jobs alone', async () => {
  const { pool, terminated } = fakePool(1, 1);
  const abort = new AbortController();
  await pool.time('k', {}, {}, 1, { budgetMs: 1e3, signal: abort.signal });
  abort.abort();
  expect(terminated()).toBe(0);
});

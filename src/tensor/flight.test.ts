import { expect, test } from 'vitest';
import { Flight } from './flight';

/** The most pieces that were under way when one was added, on a GPU that takes `ms` for each, one after another. */
async function deepest(ms: number, pieces: number): Promise<number> {
  let queue = Promise.resolve();
  let under = 0;
  let most = 0;
  const flight = new Flight(() => {
    under += 1;
    queue = queue.then(() => new Promise((resolve) => setTimeout(resolve, ms))).then(() => void (under -= 1));
    return queue;
  });
  for (let i = 0; i < pieces; i++) {
    await flight.next();
    if (i > pieces / 2) most = Math.max(most, under);
  }
  return most;
}

test('quick pieces are queued ahead, slow ones one by one', async () => {
  expect(await deepest(2, 60)).toBeGreaterThan(10);
  expect(await deepest(150, 10)).toBeLessThanOrEqual(1);
});

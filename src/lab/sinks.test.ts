import { expect, test } from 'vitest';
import { memory, spilling, type Keep } from './sinks';

const of = (...bytes: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

test('memory gives back what it was given, in order, as often as asked', async () => {
  const sink = memory();
  await sink.append(of(1, 2));
  await sink.append(of(3));
  expect(sink.size).toBe(3);
  expect(await sink.bytes()).toEqual(of(1, 2, 3));
  await sink.append(of(4));
  expect(await sink.bytes()).toEqual(of(1, 2, 3, 4));
  await sink.clear();
  expect(sink.size).toBe(0);
  expect(await sink.bytes()).toEqual(of());
});

/** Takes bytes away as a worker does, and has room for so many. */
function device(room: number): Keep & { dropped: boolean } {
  const held = memory();
  return {
    dropped: false,
    get size() {
      return held.size;
    },
    append(bytes) {
      const own = structuredClone(bytes, { transfer: [bytes.buffer] });
      if (held.size + own.length > room) return Promise.reject(new Error('QuotaExceededError'));
      return held.append(own);
    },
    bytes: () => held.bytes(),
    clear: () => held.clear(),
    close: () => held.close(),
    async drop() {
      this.dropped = true;
      await held.drop();
    },
  };
}

test('a full device hands over to memory: nothing is lost, nothing is left there', async () => {
  const first = device(3);
  const told: unknown[] = [];
  const sink = spilling(first, (reason) => told.push(reason));
  await sink.append(of(1, 2, 3));
  expect(told).toEqual([]);
  await sink.append(of(4, 5));
  await sink.append(of(6));
  expect(told).toEqual([new Error('QuotaExceededError')]);
  expect(first.dropped).toBe(true);
  expect(sink.size).toBe(6);
  expect(await sink.bytes()).toEqual(of(1, 2, 3, 4, 5, 6));
});

test('with room enough all of it stays on the device', async () => {
  const first = device(10);
  const sink = spilling(first, () => expect.unreachable());
  await sink.append(of(1, 2, 3));
  expect(first.size).toBe(3);
  expect(await sink.bytes()).toEqual(of(1, 2, 3));
});

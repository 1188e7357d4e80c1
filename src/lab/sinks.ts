/** Where a download's bytes are kept: in memory, or on a device until that is full, and then in memory. */
import type { Bytes, Sink } from './download';

/** A sink whose bytes can be had again. */
export interface Keep extends Sink {
  bytes(): Promise<Bytes>;
  /** Gives up what holds it open; the bytes stay. */
  close(): Promise<void>;
  /** Forgets it for good. */
  drop(): Promise<void>;
}

export function memory(): Keep {
  let parts: Bytes[] = [];
  let size = 0;
  const clear = (): Promise<void> => {
    [parts, size] = [[], 0];
    return Promise.resolve();
  };
  return {
    get size() {
      return size;
    },
    append(bytes) {
      parts.push(bytes);
      size += bytes.length;
      return Promise.resolve();
    },
    bytes() {
      const whole = new Uint8Array(size);
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      parts = [whole];
      return Promise.resolve(whole);
    },
    clear,
    drop: clear,
    close: () => Promise.resolve(),
  };
}

/** `first`, until it takes no more: what it holds then moves into memory, and `onSpill` is told why. */
export function spilling(first: Keep, onSpill: (reason: unknown) => void): Keep {
  let now = first;
  return {
    get size() {
      return now.size;
    },
    async append(bytes) {
      if (now !== first) return now.append(bytes);
      // A worker that stores them takes them away.
      const copy = bytes.slice();
      try {
        await first.append(bytes);
      } catch (reason) {
        now = memory();
        await now.append(await first.bytes());
        await now.append(copy);
        onSpill(reason);
        await first.drop().catch(() => undefined);
      }
    },
    bytes: () => now.bytes(),
    clear: () => now.clear(),
    close: () => now.close(),
    drop: () => now.drop(),
  };
}

/** Downloads of one page, by the parameter that they are for: each goes to the shelf, else into memory. */
import { createStore } from 'zustand/vanilla';
import { fileAddress, nameOf } from '@/lab/address';
import { download, type Bytes, type Version } from '@/lab/download';
import { hashOf } from '@/lab/fileRef';
import { Meter } from '@/lab/meter';
import { memory, spilling, type Keep } from '@/lab/sinks';
import { textOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { begin, type Part } from '../files/shelf';
import { MAX_FILE_BYTES } from './files';

export interface Load {
  readonly url: string;
  readonly name: string;
  readonly received: number;
  readonly total: number | undefined;
  readonly perSecond: number | undefined;
  /** `checking`: all of it is there, and is hashed and held against what the demo makes of it. */
  readonly phase: 'loading' | 'checking' | 'stopped';
  /** Why it stopped. */
  readonly why: Text | undefined;
  /** There is no room for it on this device, or nothing may be stored. */
  readonly inMemory: boolean;
}

/** Painted at most so often. */
const PAINT_MS = 100;

/** What of a broken-off download is in memory alone. */
interface Held {
  readonly keep: Keep;
  readonly version: Version;
}

export class Loads {
  readonly store = createStore<Readonly<Record<string, Load>>>(() => ({}));
  private readonly ends = new Map<string, AbortController>();
  private readonly held = new Map<string, Held>();

  /** @param take what is done with a whole file */
  constructor(private readonly take: (param: string, bytes: Bytes, name: string) => Promise<void>) {}

  /** Loads a file, or goes on with it; why it ended is in the store. Throws where `address` is none. */
  async start(param: string, address: string): Promise<void> {
    const url = fileAddress(address);
    this.stop(param);
    const ending = new AbortController();
    this.ends.set(param, ending);
    const name = nameOf(url);
    const fresh = { url: url.href, name, received: 0, total: undefined, perSecond: undefined };
    this.store.setState({ [param]: { ...fresh, phase: 'loading', why: undefined, inMemory: false } });
    try {
      const bytes = await this.load(param, url, ending.signal);
      ending.signal.throwIfAborted();
      await this.take(param, bytes, name);
      if (!ending.signal.aborted) this.forget(param);
    } catch (error) {
      if (!ending.signal.aborted) this.change(param, { phase: 'stopped', why: textOf(error) });
    }
  }

  /** Ends it; what is on the shelf stays there and can be gone on with. */
  stop(param: string): void {
    this.ends.get(param)?.abort();
    this.forget(param);
  }

  stopAll(): void {
    for (const param of this.ends.keys()) this.stop(param);
  }

  private forget(param: string): void {
    this.ends.delete(param);
    const url = this.store.getState()[param]?.url;
    if (url !== undefined) this.held.delete(url);
    const { [param]: _, ...others } = this.store.getState();
    this.store.setState(others, true);
  }

  private change(param: string, patch: Partial<Load>): void {
    const load = this.store.getState()[param];
    if (load) this.store.setState({ [param]: { ...load, ...patch } });
  }

  private async load(param: string, url: URL, signal: AbortSignal): Promise<Bytes> {
    const earlier = this.held.get(url.href);
    const part = earlier ? undefined : await begin(nameOf(url), url.href).catch(() => undefined);
    let onDevice = part;
    const spill = (): void => {
      onDevice = undefined;
      this.change(param, { inMemory: true });
    };
    const keep = earlier?.keep ?? (part ? spilling(part, spill) : memory());
    if (!part) spill();
    let version = earlier?.version ?? part?.version ?? {};
    const meter = new Meter();
    let paintedAt = -Infinity;
    let latest: Pick<Load, 'received' | 'total'> | undefined;
    try {
      await download(url, keep, {
        signal,
        fetch: (from, init) => fetch(from, init),
        version,
        most: MAX_FILE_BYTES,
        wait: pause,
        onVersion: async (found) => {
          version = found;
          await onDevice?.keepVersion(found);
        },
        onProgress: (received, total) => {
          const now = performance.now();
          meter.note(received, now);
          latest = { received, total };
          if (now - paintedAt < PAINT_MS && received !== total) return;
          paintedAt = now;
          this.change(param, { received, total, perSecond: meter.perSecond });
        },
      });
      this.change(param, { phase: 'checking' });
      const bytes = await keep.bytes();
      await finish(onDevice, bytes);
      return bytes;
    } catch (error) {
      // What came since it was painted last counts as well: it is what can be gone on with.
      if (latest && !signal.aborted) this.change(param, latest);
      if (!onDevice && !signal.aborted) this.held.set(url.href, { keep, version });
      else await onDevice?.close();
      throw error;
    }
  }
}

async function finish(part: Part | undefined, bytes: Bytes): Promise<void> {
  await part?.finish(await hashOf(bytes));
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

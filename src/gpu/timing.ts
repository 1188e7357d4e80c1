/**
 * Times contenders on one device, interleaved: warm-up, windows of at least 20 ms inside one pass, median and
 * p10–p90 of ten samples, or of at least three once the time budget is spent.
 */
import { summarise, type Summary } from '@/lib/stats';
import type { Bound } from './bind';
import type { Device } from './device';
import { Recorder, type Ran } from './recorder';

export interface Contender {
  readonly name: string;
  readonly bound: Bound;
}

export interface Timed {
  readonly name: string;
  /** Null: too fast to measure. */
  readonly timeMs: (Summary & { readonly method: Ran['method'] }) | null;
  /** The first run, cold caches and all. */
  readonly firstMs: number;
  /** Runs per window. */
  readonly repeats: number;
}

export interface TimingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly windowMs?: number;
  readonly samples?: number;
  /** Wall-clock time for each contender, after which three samples do. */
  readonly budgetMs?: number;
}

const MOST_REPEATS = 4096;
/** Chrome quantises timestamps to about 0.1 ms: a window that stays below this many is noise. */
const LEAST_WINDOW_MS = 2;

export async function time(
  device: Device,
  contenders: readonly Contender[],
  options: TimingOptions = {},
): Promise<Timed[]> {
  const { signal, samples = 10, budgetMs = 5000 } = options;
  // Waiting is polled every 100 ms in one browser: without timestamps, windows must outweigh that.
  const windowMs = options.windowMs ?? (device.queries ? 20 : 400);
  const states = [];
  for (const { name, bound } of contenders) {
    const first = await new Recorder(device).add(bound).time(signal);
    let repeats = 1;
    let spentMs = first.ms;
    // Grow the window until it is long enough; the first guess from a cold run is too small.
    for (let ms = first.ms; ms < windowMs && repeats < MOST_REPEATS;) {
      repeats = Math.min(
        MOST_REPEATS,
        Math.max(repeats + 1, Math.ceil((repeats * windowMs * 1.2) / Math.max(ms, windowMs / 16))),
      );
      ms = (await record(device, bound, repeats).time(signal)).ms;
      spentMs += ms;
    }
    states.push({
      name,
      bound,
      repeats,
      firstMs: first.ms,
      method: first.method,
      spentMs,
      times: [] as number[],
    });
  }
  for (let round = 0; round < samples; round++) {
    for (const state of states) {
      if (state.times.length >= 3 && state.spentMs > budgetMs) continue;
      const { ms } = await record(device, state.bound, state.repeats).time(signal);
      state.spentMs += ms;
      state.times.push(ms / state.repeats);
    }
  }
  return states.map(({ name, times, repeats, firstMs, method }) => {
    const summary = summarise(times);
    const measurable = summary.median * repeats >= Math.min(LEAST_WINDOW_MS, windowMs);
    return { name, repeats, firstMs, timeMs: measurable ? { ...summary, method } : null };
  });
}

function record(device: Device, bound: Bound, repeats: number): Recorder {
  const recorder = new Recorder(device);
  for (let i = 0; i < repeats; i++) recorder.add(bound);
  return recorder;
}

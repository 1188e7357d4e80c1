/** What a runner shows of itself: an immutable snapshot, replaced on every change. */
import type { Contest } from '@/gpu/tuner';
import type { Text } from '@/lib/text';
import type { Check, Measurement, Series } from './report';
import type { Params } from './schema';
import type { Metrics } from './session';

/** What was changed or went differently than asked; `param` is empty where no parameter is meant. */
export interface Notice {
  readonly param: string;
  readonly text: Text;
}

/** One x of a chart: what was measured there, or why nothing was. */
export interface SweepPoint {
  readonly x: number;
  readonly measurements: readonly Measurement[];
  /** `sentenceOf` makes the sentence. */
  readonly error?: unknown;
}

export interface Sweep {
  readonly points: readonly SweepPoint[];
  /** All of its points were visited. */
  readonly complete: boolean;
  /** The first point timed again at the end: largest |t′/t − 1| of any line there. */
  readonly drift?: number;
}

export interface Progress {
  readonly what: 'measure' | 'sweep' | 'verify' | 'tune';
  /** The chart of a sweep. */
  readonly chart?: string;
  readonly done: number;
  /** Unknown for a measurement at one point. */
  readonly total?: number;
  /** `performance.now()` at the start, for an estimate. */
  readonly startedAt: number;
}

export interface RunnerState {
  /** `idle` before the first start; `failed` until a parameter moves or `restart`. */
  readonly phase: 'idle' | 'starting' | 'ready' | 'failed' | 'closed';
  /** Raised by every change of parameters, restart and device loss. */
  readonly generation: number;
  readonly params: Params;
  /** `metrics` and `series` belong to the current generation; until then they show the one before. */
  readonly fresh: boolean;
  readonly metrics: Metrics;
  readonly series: readonly Series[];
  /** Steps of the process since its start. */
  readonly steps: number;
  readonly playing: boolean;
  /** Steps per second at most. */
  readonly speed: number;
  /** Raised whenever the picture may have changed: draw again. */
  readonly frame: number;
  /** At the current parameters; emptied when they move. */
  readonly measurements: readonly Measurement[];
  readonly checks: readonly Check[];
  /** By chart; a chart keeps its points while only its own x or what it holds fixed moves. */
  readonly sweeps: Readonly<Record<string, Sweep>>;
  /** The variants' times at the current parameters. */
  readonly contest: Contest | undefined;
  readonly progress: Progress | undefined;
  readonly notices: readonly Notice[];
  /** Why the phase is `failed`, or why the last measurement, sweep, check or contest ended. */
  readonly error: unknown;
}

export const initialState: RunnerState = {
  phase: 'idle',
  generation: 0,
  params: {},
  fresh: false,
  metrics: {},
  series: [],
  steps: 0,
  playing: false,
  speed: Infinity,
  frame: 0,
  measurements: [],
  checks: [],
  sweeps: {},
  contest: undefined,
  progress: undefined,
  notices: [],
  error: undefined,
};

/** The snapshot, those who watch it, and the rule that only the current generation may write results. */
export class Store {
  private current = initialState;
  private readonly listeners = new Set<() => void>();

  get state(): RunnerState {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  set(patch: Partial<RunnerState>): void {
    this.current = { ...this.current, ...patch };
    for (const listener of [...this.listeners]) listener();
  }

  /** What was computed for an older generation is dropped. */
  publish(generation: number, patch: Partial<RunnerState>): void {
    if (generation === this.current.generation && this.current.phase !== 'closed') this.set(patch);
  }

  /** Resolves when `look` answers true, now or after a change; rejects with what it throws. */
  async until(look: (state: RunnerState) => boolean): Promise<void> {
    while (!look(this.current)) {
      await new Promise<void>((resolve) => {
        const stop = this.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
  }
}

/** What a demo's `view.tsx` gets: `export default function View(props: ViewProps<P, S>)`. */
import type { Lang, Text } from '@/lib/text';
import type { Params } from '@/lab/schema';
import type { Metrics, Session } from '@/lab/session';

/** Where the demo declares a process: its steps and the controls that move them. */
export interface Playback {
  readonly playing: boolean;
  /** Steps done since the session was created. */
  readonly step: number;
  /** Steps a second. */
  readonly speed: number;
  readonly play: () => void;
  readonly pause: () => void;
  readonly advance: (steps: number) => void;
  readonly setSpeed: (stepsPerSecond: number) => void;
}

export interface ViewProps<P = Params, S = Session<P>> {
  readonly params: P;
  readonly set: (patch: Partial<P>) => void;
  /** Null while it is being created, and always where `cpuOnly`. */
  readonly session: S | null;
  /** Grows whenever the session's result changed: an effect that reads or draws depends on it. */
  readonly generation: number;
  readonly metrics: Metrics;
  /**
   * Asks the session for something in its turn, between its steps and measurements (reads, views' own
   * computations). Rejects with an `AbortError` when the parameters moved meanwhile: see `useAsk`. What takes long is
   * asked `late`: the result is checked first.
   */
  readonly ask: <T>(work: (session: S, signal: AbortSignal) => Promise<T>, late?: boolean) => Promise<T>;
  /** Null for a demo without a process. */
  readonly playback: Playback | null;
  /** No GPU here: the view shows what the CPU baseline can compute, or a still picture. */
  readonly cpuOnly: boolean;
  readonly lang: Lang;
  readonly t: (text: Text) => string;
  readonly dark: boolean;
  readonly reducedMotion: boolean;
}

/** What the view needs of a session, whether it trains on a GPU or without one. */
import type { Session } from '@/lab/session';
import type { HostTensors } from '@/lib/tensor';
import type { Category } from '@/tensor/training';
import type { Evaluation, Log } from './log';
import type { Mode } from './modes';
import type { Params } from './params';
import type { Task } from './task';

export interface ShownRun extends Log {
  readonly mode: Mode;
  /** Bytes held on the GPU, by what they are for. */
  readonly memory?: Readonly<Record<Category, number>>;
}

export interface Shown extends Session<Params> {
  /** Raised whenever there is something new to show; `subscribe` tells. */
  readonly version: number;
  subscribe(listener: () => void): () => void;
  readonly task: Task;
  /** Held-out batches. */
  readonly heldOut: readonly HostTensors[];
  readonly runs: readonly ShownRun[];
  /** The one whose figures are the metrics. */
  readonly chosen: ShownRun;
  /** The weights that `mode` has now, as a safetensors file; or had at an evaluation, as it read them. */
  save(mode: Mode, then?: Evaluation): Promise<Uint8Array<ArrayBuffer>>;
  /** All modes go on from the weights of a file. Throws where it is of another network. */
  load(bytes: Uint8Array, file: string, signal: AbortSignal): Promise<void>;
  /** `mode` goes on writing from a held-out window; `show` is told the text so far. */
  write(mode: Mode, length: number, show: (text: string) => void, signal: AbortSignal): Promise<void>;
}

/** Undo and redo of parameters: a drag of one control is one step. */
import { changedKeys } from '@/lab/living';
import type { Params } from '@/lab/schema';

export interface History {
  readonly params: Params;
  readonly past: readonly Params[];
  readonly future: readonly Params[];
  /** Which control moved last, and when: its next move joins that step. */
  readonly last: { readonly key: string; readonly at: number } | undefined;
}

const JOIN_MS = 800;
const DEPTH = 200;

export const begin = (params: Params): History => ({ params, past: [], future: [], last: undefined });

/** @param now milliseconds by any clock that does not go back */
export function move(history: History, params: Params, now: number): History {
  const changed = changedKeys(history.params, params);
  if (changed.length === 0) return history;
  const key = changed.join();
  const joins = history.last !== undefined && history.last.key === key && now - history.last.at < JOIN_MS;
  const past = joins ? history.past : [...history.past, history.params].slice(-DEPTH);
  return { params, past, future: [], last: { key, at: now } };
}

export function undo({ params, past, future }: History): History {
  const before = past.at(-1);
  if (!before) return { params, past, future, last: undefined };
  return { params: before, past: past.slice(0, -1), future: [params, ...future], last: undefined };
}

export function redo({ params, past, future }: History): History {
  const [after, ...rest] = future;
  if (!after) return { params, past, future, last: undefined };
  return { params: after, past: [...past, params], future: rest, last: undefined };
}

/** Undo and redo of both sides' parameters: a drag of one control is one step. */
import { changedKeys } from '@/lab/living';
import type { Params } from '@/lab/schema';

/** What the address says: a demo's parameters, and the second side where two are compared. */
export interface Sides {
  readonly a: Params;
  readonly b: Params | undefined;
}
export type Side = keyof Sides;

export interface History {
  readonly sides: Sides;
  readonly past: readonly Sides[];
  readonly future: readonly Sides[];
  /** Which control moved last, and when: its next move joins that step. */
  readonly last: { readonly key: string; readonly at: number } | undefined;
}

const JOIN_MS = 800;
const DEPTH = 200;

export const begin = (sides: Sides): History => ({ sides, past: [], future: [], last: undefined });

/** @param now milliseconds by any clock that does not go back */
export function move(history: History, sides: Sides, now: number): History {
  const key = changesOf(history.sides, sides).join();
  if (key === '') return history;
  const joins = history.last !== undefined && history.last.key === key && now - history.last.at < JOIN_MS;
  const past = joins ? history.past : [...history.past, history.sides].slice(-DEPTH);
  return { sides, past, future: [], last: { key, at: now } };
}

/** Names as a link has them; a comparison that began or ended is `b`. */
function changesOf(before: Sides, after: Sides): string[] {
  const ofA = changedKeys(before.a, after.a);
  if (before.b && after.b) return [...ofA, ...changedKeys(before.b, after.b).map((name) => `b.${name}`)];
  return before.b === after.b ? ofA : [...ofA, 'b'];
}

export function undo({ sides, past, future }: History): History {
  const before = past.at(-1);
  if (!before) return { sides, past, future, last: undefined };
  return { sides: before, past: past.slice(0, -1), future: [sides, ...future], last: undefined };
}

export function redo({ sides, past, future }: History): History {
  const [after, ...rest] = future;
  if (!after) return { sides, past, future, last: undefined };
  return { sides: after, past: [...past, sides], future: rest, last: undefined };
}

/** The session as a canvas draws it, showing one head; a new object where another head is picked, so it redraws. */
import { useMemo } from 'react';
import type { Session } from '@/lab/session';
import type { Point } from '../patches';
import type { CpuSession } from '../cpu';
import { FlashSession } from '../session';
import type { TabProps } from './tab';

/** Tabs that need the GPU are not offered without one. */
export function onGpu(session: FlashSession | CpuSession): FlashSession {
  if (!(session instanceof FlashSession)) throw new DOMException('this needs a GPU', 'AbortError');
  return session;
}

export function usePatternOf({
  view,
  picked,
}: Pick<TabProps, 'view' | 'picked'>): Pick<Session, 'draw'> | null {
  const { session } = view;
  const { head } = picked;
  return useMemo(
    () =>
      session instanceof FlashSession
        ? { draw: (target, camera) => session.drawHead(head, target, camera) }
        : null,
    [session, head],
  );
}

/** Width over height of a pattern, between an upright and a lying strip. */
export const aspectOf = (shape: { readonly S: number; readonly T: number } | undefined): number =>
  Math.min(8, Math.max(1 / 2, shape ? shape.T / shape.S : 1));

/** The pair under a point of the frame, in [0, 1]²; a pattern of another shape stands in the frame's middle. */
export function cellAt(
  point: Point,
  { S, T }: { readonly S: number; readonly T: number },
): { row: number; key: number } {
  const stretch = aspectOf({ S, T }) / (T / S);
  const inside = (v: number, by: number, size: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor(((v - 0.5) * Math.max(1, by) + 0.5) * size)));
  return { row: inside(point.y, 1 / stretch, S), key: inside(point.x, stretch, T) };
}

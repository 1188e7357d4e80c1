/** The session as a canvas draws it, showing one head; a new object where another head is picked, so it redraws. */
import { useMemo } from 'react';
import type { Session } from '@/lab/session';
import type { CpuSession } from '../cpu';
import { FlashSession } from '../session';
import type { TabProps } from '../view';

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

/** A position that plays by itself: paused while the tab is hidden, so that it goes on without a jump. */
import { useEffect, useEffectEvent } from 'react';

/** Calls `advance` `perSecond` times a second while `playing`. */
export function usePlayhead(playing: boolean, perSecond: number, advance: (steps: number) => void): void {
  const onSteps = useEffectEvent(advance);
  useEffect(() => {
    if (!playing) return;
    let last: number | undefined;
    let due = 0;
    let frame = requestAnimationFrame(function tick(now) {
      // A hidden tab gets no frames, or a few: they do not count, and a long gap counts as one frame.
      if (!document.hidden) due += (Math.min(100, now - (last ?? now)) / 1000) * perSecond;
      last = now;
      const steps = Math.floor(due);
      due -= steps;
      if (steps > 0) onSteps(steps);
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, perSecond]);
}

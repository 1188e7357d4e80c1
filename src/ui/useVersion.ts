/** Draws again when results have come back from the GPU, a few times a second at most. */
import { useEffect, useState } from 'react';

const EVERY_MS = 250;

interface Shown {
  /** Raised whenever there is something new to show. */
  readonly version: number;
  subscribe(listener: () => void): () => void;
}

export function useVersion(session: Shown | null): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (!session) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = session.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setVersion(session.version);
      }, EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return version;
}

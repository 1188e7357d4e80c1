/** Long work that a reader starts: one at a time, with progress, cancelled by them, by moved parameters or by leaving. */
import { useEffect, useRef, useState } from 'react';
import type { EfficientNetSession } from '../session';
import type { View } from './types';

interface Running {
  /** What it is for, as the starter called it. */
  readonly key: string;
  readonly done: number;
  readonly total: number;
}

export interface Task {
  readonly running: Running | undefined;
  readonly failure: { readonly key: string; readonly error: unknown } | undefined;
  readonly start: (
    key: string,
    work: (
      session: EfficientNetSession,
      signal: AbortSignal,
      report: (done: number, total: number) => void,
    ) => Promise<void>,
  ) => void;
  readonly cancel: () => void;
}

export function useTask(view: Pick<View, 'ask'>): Task {
  const [running, setRunning] = useState<Running>();
  const [failure, setFailure] = useState<Task['failure']>();
  const own = useRef<AbortController>(undefined);
  useEffect(() => () => own.current?.abort(), []);
  const start: Task['start'] = (key, work) => {
    own.current?.abort();
    const mine = new AbortController();
    own.current = mine;
    const current = (): boolean => own.current === mine;
    setFailure(undefined);
    setRunning({ key, done: 0, total: 1 });
    view
      .ask((session, signal) => {
        const both = AbortSignal.any([signal, mine.signal]);
        both.throwIfAborted();
        const report = (done: number, total: number): void => {
          if (current()) setRunning({ key, done, total });
        };
        return 'time' in session ? work(session, both, report) : Promise.resolve();
      })
      .catch((error: unknown) => {
        const moved = error instanceof DOMException && error.name === 'AbortError';
        if (current() && !moved) setFailure({ key, error });
      })
      .finally(() => {
        if (current()) setRunning(undefined);
      });
  };
  const cancel = (): void => {
    own.current?.abort();
    setRunning(undefined);
  };
  return { running, failure, start, cancel };
}

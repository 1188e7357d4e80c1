/** Runs of the edited kernel, one at a time, each cancelled by hand or when the page is left. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KernelRoom } from '@/gpu/kernel';
import type { Texts } from '@/lab/editLink';
import type { Stage, Verdict } from '@/shaders/workbench/bench';
import { pool } from '../run/gpu';
import { bench, type Setup } from './setup';

export interface Ran {
  readonly stage: Stage | undefined;
  readonly result: Verdict | undefined;
  readonly error: unknown;
  /** Whether the result is of what the page shows now. */
  readonly current: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

interface Finished {
  readonly of: string;
  readonly result?: Verdict;
  readonly error?: unknown;
}

export function useRun({ kernel }: KernelRoom, setup: Setup, edits: Texts): Ran {
  const [stage, setStage] = useState<Stage>();
  const [finished, setFinished] = useState<Finished>();
  const running = useRef<AbortController>(undefined);
  const of = JSON.stringify([setup.variant, setup.choice.id, edits]);
  const cancel = useCallback(() => running.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const run = (): void => {
    cancel();
    const control = new AbortController();
    running.current = control;
    const { inputs, choice, variant } = setup;
    const { test } = choice;
    setStage('compile');
    const done = (outcome: Omit<Finished, 'of'> | undefined): void => {
      if (running.current !== control) return;
      setStage(undefined);
      if (outcome) setFinished({ of, ...outcome });
    };
    bench
      .run({
        ...{ kernel, variant, test, inputs, edits },
        signal: control.signal,
        reference: (rows) => pool.reference(kernel.name, inputs, test.attrs, rows, control.signal),
        at: (now) => {
          if (running.current === control) setStage(now);
        },
      })
      .then(
        (result) => done({ result }),
        (error: unknown) => done(control.signal.aborted ? undefined : { error }),
      );
  };
  return {
    ...{ stage, run, cancel },
    result: finished?.result,
    error: finished?.error,
    current: finished?.of === of,
  };
}

/** What a session answers, as React state: asked again when the result changed, never showing an older answer. */
import { useEffect, useState } from 'react';
import type { ViewProps } from './view';

interface Answer<T> {
  /** Undefined until the first answer; afterwards the latest, also while the next is awaited. */
  readonly value: T | undefined;
  /** The value belongs to the current generation and inputs. */
  readonly fresh: boolean;
}

/** @param inputs what `work` depends on besides the session's result; compared by their JSON */
export function useAsk<P, S, T>(
  view: Pick<ViewProps<P, S>, 'ask' | 'generation' | 'session'>,
  work: (session: S, signal: AbortSignal) => Promise<T>,
  inputs: readonly (string | number | boolean | null)[],
): Answer<T> {
  const { ask, generation, session } = view;
  const key = `${generation} ${JSON.stringify(inputs)}`;
  const [answer, setAnswer] = useState<{ key: string; value: T }>();
  useEffect(() => {
    if (session === null) return;
    let current = true;
    ask(work).then(
      (value) => {
        if (current) setAnswer({ key, value });
      },
      // A session that moved on answers again under the next key; failures reach the page through the runner.
      () => undefined,
    );
    return () => {
      current = false;
    };
    // `work` and `ask` are new on every render; what they depend on is in the key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, session]);
  return { value: answer?.value, fresh: answer?.key === key };
}

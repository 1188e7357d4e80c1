/**
 * What a session answers, as React state: asked again when the result changed, never showing an older answer; what
 * nobody waits for any more is ended.
 */
import { useEffect, useState } from 'react';
import type { ViewProps } from './view';

interface Answer<T> {
  /** Undefined until the first answer; afterwards the latest, also while the next is awaited. */
  readonly value: T | undefined;
  /** The value belongs to the current generation and inputs. */
  readonly fresh: boolean;
  /** Why there is no fresh value, unless it is only still awaited. */
  readonly error: unknown;
}

/**
 * @param inputs what `work` depends on besides the session's result; compared by their JSON
 * @param late it takes long: the result is checked first
 */
export function useAsk<P, S, T>(
  view: Pick<ViewProps<P, S>, 'ask' | 'generation' | 'session'>,
  work: (session: S, signal: AbortSignal) => Promise<T>,
  inputs: readonly (string | number | boolean | null)[],
  late = false,
): Answer<T> {
  const { ask, generation, session } = view;
  const key = `${generation} ${JSON.stringify(inputs)}`;
  const [answer, setAnswer] = useState<{ key: string; value: T }>();
  const [failure, setFailure] = useState<{ key: string; error: unknown }>();
  useEffect(() => {
    if (session === null) return;
    // Whose answer nobody waits for any more would hold up what is asked next.
    const own = new AbortController();
    const left = own.signal;
    ask((session, signal) => {
      left.throwIfAborted();
      return work(session, AbortSignal.any([signal, left]));
    }, late).then(
      (value) => {
        if (!left.aborted) setAnswer({ key, value });
      },
      (error: unknown) => {
        // A session that moved on is asked again under the next key.
        const moved = error instanceof DOMException && error.name === 'AbortError';
        if (!left.aborted && !moved) setFailure({ key, error });
      },
    );
    return () => {
      own.abort();
    };
    // `work` and `ask` are new on every render; what they depend on is in the key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, session]);
  return {
    value: answer?.value,
    fresh: answer?.key === key,
    error: failure?.key === key ? failure.error : undefined,
  };
}

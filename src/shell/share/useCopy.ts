/** Copies a text and knows for a moment that it did; where the browser forbids it, says that. */
import { useEffect, useState } from 'react';

type Copying = 'idle' | 'copied' | 'blocked';

export function useCopy(): readonly [state: Copying, copy: (text: string) => void] {
  const [state, setState] = useState<Copying>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string): void => {
    const writing = async (): Promise<void> => navigator.clipboard.writeText(text);
    writing().then(
      () => setState('copied'),
      () => setState('blocked'),
    );
  };
  return [state, copy];
}

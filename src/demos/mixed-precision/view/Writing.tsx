/** The network goes on writing from the beginning of a held-out window, character by character. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import type { Mode } from '../modes';
import type { TabProps } from './types';
import { useStateOf } from './useStateOf';
import style from './view.module.css';

const LENGTH = 160;

interface WritingProps extends Pick<TabProps, 'view' | 'session'> {
  readonly mode: Mode;
}

export function Writing({ view: { ask, t, lang }, session, mode }: WritingProps) {
  const [text, setText] = useStateOf(session, '');
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);
  const start = async (): Promise<void> => {
    const mine = new AbortController();
    ending.current = mine;
    setRunning(true);
    setFailure(undefined);
    try {
      const show = (written: string): void => setText(() => written);
      await ask((own, signal) => own.write(mode, LENGTH, show, AbortSignal.any([signal, mine.signal])));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailure(error);
    } finally {
      setRunning(false);
    }
  };
  return (
    <div className={style.stack}>
      <div className={style.fields}>
        {running ? (
          <Button onClick={() => ending.current?.abort()}>{t({ en: 'Stop', zh: '停止' })}</Button>
        ) : (
          <Button onClick={() => void start()}>{t({ en: 'Let it write', zh: '让它接着写' })}</Button>
        )}
      </div>
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
      {text !== '' && <p className={style.text}>{text}</p>}
    </div>
  );
}

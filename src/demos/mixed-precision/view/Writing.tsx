/** The network goes on writing from the beginning of a held-out window, character by character. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import type { Mode } from '../modes';
import type { TabProps } from './types';
import style from './view.module.css';

const LENGTH = 160;

export function Writing({ view: { ask, t, lang }, mode }: Pick<TabProps, 'view'> & { readonly mode: Mode }) {
  const [text, setText] = useState('');
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
      await ask((session, signal) =>
        session.write(mode, LENGTH, setText, AbortSignal.any([signal, mine.signal])),
      );
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

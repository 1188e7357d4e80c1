/** How far a reader's task is, what is left of it, and the button that ends it. Escape does so as well. */
import { useEffect } from 'react';
import { Button } from '@/ui/Button';
import { remaining } from '@/ui/format';
import type { Task } from './useTask';
import type { View } from './types';
import style from './view.module.css';

interface ProgressProps {
  readonly view: Pick<View, 't' | 'lang'>;
  readonly task: Task;
  readonly label: string;
  /** Of what is left, where that is known. */
  readonly leftMs?: number | undefined;
}

export function Progress({ view: { t, lang }, task, label, leftMs }: ProgressProps) {
  const { cancel, running } = task;
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') cancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [cancel]);
  if (!running) return null;
  return (
    <div className={style.progress} role="status">
      <progress value={running.done} max={running.total} aria-label={label} />
      <span>
        {label}
        {leftMs !== undefined && ` · ${remaining(leftMs, lang)}`}
      </span>
      <Button onClick={cancel}>{t({ en: 'Cancel', zh: '取消' })}</Button>
    </div>
  );
}

/** Which of the modes in training a tab looks at. */
import { useId } from 'react';
import type { Mode } from '../modes';
import { modeLabels } from '../params';
import type { TabProps } from './types';
import style from './view.module.css';

interface ModeFieldProps extends Pick<TabProps, 'view' | 'session'> {
  readonly mode: Mode;
  readonly pick: (mode: Mode) => void;
}

export function ModeField({ view: { t }, session, mode, pick }: ModeFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={style.field}>
      {t({ en: 'Mode', zh: '模式' })}
      <select id={id} value={mode} onChange={({ target }) => pick(target.value as Mode)}>
        {session.runs.map((run) => (
          <option key={run.mode} value={run.mode}>
            {t(modeLabels[run.mode])}
          </option>
        ))}
      </select>
    </label>
  );
}

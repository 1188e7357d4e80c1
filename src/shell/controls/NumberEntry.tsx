/** A number to type: applied while it is valid, brought within bounds when it is left. */
import { useState } from 'react';
import style from './controls.module.css';

interface NumberEntryProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer: boolean;
  readonly id?: string;
  readonly set: (value: number) => void;
}

export function NumberEntry({ label, value, min, max, step, integer, id, set }: NumberEntryProps) {
  const [draft, setDraft] = useState<string>();
  const leave = (): void => {
    if (draft !== undefined && draft.trim() !== '') {
      const typed = Number(draft);
      if (Number.isFinite(typed)) set(Math.min(max, Math.max(min, integer ? Math.round(typed) : typed)));
    }
    setDraft(undefined);
  };
  return (
    <input
      id={id}
      type="number"
      inputMode={integer ? 'numeric' : 'decimal'}
      className={style.number}
      aria-label={label}
      min={min}
      max={max}
      // The slider's steps are not the only values: any number within bounds may be typed.
      step={integer ? Math.max(1, step) : 'any'}
      value={draft ?? String(value)}
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        const typed = event.target.valueAsNumber;
        if (typed >= min && typed <= max && (!integer || Number.isInteger(typed))) set(typed);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
        if (event.key === 'Escape') setDraft(undefined);
      }}
    />
  );
}

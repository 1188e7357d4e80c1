/** One of several: side by side where they are few and short, else a list. */
import type { ChoiceParam } from '@/lab/schema';
import { useSettings } from '../settings';
import type { InputProps } from './inputProps';
import style from './controls.module.css';

/** Characters that fit side by side in the panel; Chinese ones count double. */
const ROOM = 26;
const widthOf = (text: string): number => text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0);

export function ChoiceControl({
  id,
  helpId,
  label,
  name,
  param,
  value,
  set,
}: InputProps<ChoiceParam, string>) {
  const { lang } = useSettings();
  const options = Object.entries(param.options);
  const room = options.reduce((sum, [, text]) => sum + widthOf(text[lang]) + 2, 0);
  if (options.length > 4 || room > ROOM) {
    return (
      <select
        id={id}
        className={style.select}
        value={value}
        aria-describedby={helpId}
        onChange={(event) => set(event.target.value)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text[lang]}
          </option>
        ))}
      </select>
    );
  }
  return (
    <div className={style.segments} role="radiogroup" aria-label={label} aria-describedby={helpId}>
      {options.map(([key, text]) => (
        <label key={key} className={style.segment} data-on={key === value}>
          <input
            id={key === value ? id : undefined}
            type="radio"
            name={name}
            className="visually-hidden"
            checked={key === value}
            onChange={() => set(key)}
          />
          {text[lang]}
        </label>
      ))}
    </div>
  );
}

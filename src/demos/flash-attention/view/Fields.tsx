/** Small inputs that stand above a figure: a whole number, a choice, the head that is shown. */
import { useId, type ReactNode } from 'react';
import type { TabProps } from './tab';
import style from './view.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** A whole number from 0 to `most`, by keyboard. */
export function NumberField({ label, value, most, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={style.field}>
      {label}
      <input
        id={id}
        type="number"
        min={0}
        max={most}
        value={value}
        onChange={({ target }) => {
          if (!Number.isNaN(target.valueAsNumber))
            onChange(Math.min(most, Math.max(0, Math.round(target.valueAsNumber))));
        }}
      />
    </label>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: number;
  readonly options: readonly (readonly [value: number, label: string])[];
  readonly onChange: (value: number) => void;
}

export function ChoiceField({ label, value, options, onChange }: ChoiceFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={style.field}>
      {label}
      <select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Nothing where there is only one head. */
export function HeadField({ view, picked, pick }: TabProps) {
  const { session, t } = view;
  if (!session) return null;
  const { B, H } = session.shape;
  if (B * H === 1) return null;
  const name = (i: number): string =>
    B === 1
      ? String(i)
      : t({ en: `batch ${Math.floor(i / H)}, head ${i % H}`, zh: `批 ${Math.floor(i / H)}，头 ${i % H}` });
  return (
    <ChoiceField
      label={t({ en: 'Head', zh: '头' })}
      value={picked.head}
      options={Array.from({ length: B * H }, (_, i) => [i, name(i)] as const)}
      onChange={(head) => pick({ head })}
    />
  );
}

export const Fields = ({ children }: { readonly children: ReactNode }) => (
  <div className={style.fields}>{children}</div>
);

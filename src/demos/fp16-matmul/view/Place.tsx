/** Row and column of the element that is read, for the keyboard. */
import { useId } from 'react';
import type { View } from './types';
import style from './view.module.css';

interface At {
  readonly row: number;
  readonly column: number;
}
interface PlaceProps {
  readonly rows: number;
  readonly columns: number;
  readonly at: At;
  readonly onChange: (at: At) => void;
  readonly t: View['t'];
}

export const Place = ({ rows, columns, at, onChange, t }: PlaceProps) => (
  <div className={style.fields}>
    <Whole
      label={t({ en: 'Row shown', zh: '图中第几行' })}
      value={at.row}
      most={rows - 1}
      onChange={(row) => onChange({ ...at, row })}
    />
    <Whole
      label={t({ en: 'Column', zh: '列' })}
      value={at.column}
      most={columns - 1}
      onChange={(column) => onChange({ ...at, column })}
    />
  </div>
);

interface WholeProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function Whole({ label, value, most, onChange }: WholeProps) {
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

/** A row of samples as bars from zero, with their numbers where there is room. */
import { significant } from '@/ui/format';
import style from './view.module.css';

export type Mark = 'inside' | 'held' | 'answer' | 'gone' | 'later' | 'first';

interface BarsProps {
  readonly name: string;
  /** Null where there is none yet. */
  readonly values: readonly (number | null)[];
  readonly low: number;
  readonly high: number;
  readonly marks: (i: number) => readonly (Mark | false)[];
  /** In rem. */
  readonly height: number;
  /** For a screen reader. */
  readonly label: string;
}

/** More than this many numbers in a row can't be read. */
const MOST_NUMBERS = 20;

export function Bars({ name, values, low, high, marks, height, label }: BarsProps) {
  const [bottom, top] = [Math.min(0, low), Math.max(0, high)];
  const span = top - bottom || 1;
  const numbers = values.length <= MOST_NUMBERS;
  return (
    <div className={style.bars} role="img" aria-label={label}>
      <span className={style.name} aria-hidden>
        {name}
      </span>
      <div className={style.columns} aria-hidden>
        {values.map((value, i) => {
          const from = value === null ? 0 : (Math.min(0, value) - bottom) / span;
          const size = value === null ? 0 : Math.abs(value) / span;
          const classes = marks(i).map((mark) => (mark ? style[mark] : ''));
          return (
            <div key={i} className={[style.column, ...classes].join(' ')} title={String(value ?? '')}>
              <div className={style.plot} style={{ height: `${height}rem` }}>
                {value !== null && (
                  <div className={style.bar} style={{ bottom: `${100 * from}%`, height: `${100 * size}%` }} />
                )}
              </div>
              {numbers && <span className={style.number}>{value === null ? '·' : short(value)}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Whole numbers as they are, others with three digits. */
export const short = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e5 ? String(value).replace('-', '−') : significant(value);

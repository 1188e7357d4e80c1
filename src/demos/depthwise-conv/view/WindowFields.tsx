/** The window's numbers; moving one makes it the reader's own. */
import { useLab } from '@/ui/context';
import { Button } from '@/ui/Button';
import type { FilterSession } from '../filterSession';
import type { Taps } from '../filters';
import type { View } from './types';
import style from './view.module.css';

interface WindowFieldsProps {
  readonly view: View;
  readonly session: FilterSession;
}

export function WindowFields({ view, session }: WindowFieldsProps) {
  const { t } = view;
  const { openFile } = useLab();
  const { taps } = session.filter;
  const { k, values } = taps;
  const use = (next: Taps): void => {
    const rows = Array.from({ length: next.k }, (_, r) => next.values.slice(r * next.k, (r + 1) * next.k));
    const text = rows.map((row) => row.join(', ')).join('\n');
    openFile('taps', new File([text], 'window.csv', { type: 'text/csv' }));
  };
  return (
    <fieldset className={style.window}>
      <legend>
        {t({ en: `The window, ${k} × ${k}: change a number`, zh: `窗口，${k} × ${k}：改动任一数即可` })}
      </legend>
      <div className={style.numbers} style={{ gridTemplateColumns: `repeat(${k}, minmax(0, 4.5rem))` }}>
        {values.map((value, i) => (
          <input
            // A number that came from elsewhere replaces what is typed.
            key={`${i} ${value}`}
            type="number"
            step="any"
            defaultValue={Number(value.toPrecision(4))}
            aria-label={t({
              en: `Row ${Math.floor(i / k) + 1}, column ${(i % k) + 1}`,
              zh: `第 ${Math.floor(i / k) + 1} 行第 ${(i % k) + 1} 列`,
            })}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
            onBlur={({ target }) => {
              const typed = target.valueAsNumber;
              if (Number.isNaN(typed) || Math.abs(typed) > 1e6 || typed === Number(value.toPrecision(4)))
                return;
              use({ k, values: values.map((old, j) => (j === i ? typed : old)) });
            }}
          />
        ))}
      </div>
      <div className={style.fields}>
        {k === 3 ? (
          <Button onClick={() => use(grown(taps))}>{t({ en: 'Make it 5 × 5', zh: '改为 5 × 5' })}</Button>
        ) : (
          <Button onClick={() => use(cut(taps))}>{t({ en: 'Make it 3 × 3', zh: '改为 3 × 3' })}</Button>
        )}
      </div>
    </fieldset>
  );
}

/** With zeros around. */
const grown = ({ values }: Taps): Taps => ({
  k: 5,
  values: Array.from({ length: 25 }, (_, i) => {
    const [r, c] = [Math.floor(i / 5) - 1, (i % 5) - 1];
    return r >= 0 && r < 3 && c >= 0 && c < 3 ? values[3 * r + c]! : 0;
  }),
});

/** The middle. */
const cut = ({ values }: Taps): Taps => ({
  k: 3,
  values: Array.from({ length: 9 }, (_, i) => values[5 * (Math.floor(i / 3) + 1) + (i % 3) + 1]!),
});

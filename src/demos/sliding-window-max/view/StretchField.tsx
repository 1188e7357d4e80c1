/** Which part of a long series is shown; a row's number where it is an image. */
import { useId } from 'react';
import type { View } from './types';
import type { Stretch } from './stretch';
import style from './view.module.css';

interface StretchFieldProps {
  readonly view: View;
  readonly stretch: Stretch;
  readonly onMove: (from: number) => void;
}

export function StretchField({ view, stretch, onMove }: StretchFieldProps) {
  const { t } = view;
  const id = useId();
  const { from, values, row, total } = stretch;
  if (values.length === total && row === null) return null;
  const start = row === null ? from : from - row * total;
  return (
    <div className={style.field}>
      {row !== null && (
        <span>
          {t({
            en: `Row ${row} of the image: rows go first, columns of their maxima second.`,
            zh: `图像的第 ${row} 行：先沿行计算，再沿列处理所得的最大值。`,
          })}
        </span>
      )}
      {values.length < total && (
        <label htmlFor={id}>
          {t({ en: 'Shown from sample', zh: '从第几个样本开始显示' })}{' '}
          <input
            id={id}
            type="number"
            min={0}
            max={total - values.length}
            value={start}
            onChange={({ target }) => {
              if (!Number.isNaN(target.valueAsNumber)) onMove(Math.round(target.valueAsNumber));
            }}
          />
        </label>
      )}
    </div>
  );
}

/** A number within bounds: a slider (linear or logarithmic) and the number itself, which can be typed. */
import type { KeyboardEvent } from 'react';
import type { RangeParam } from '@/lab/schema';
import { useTranslation } from '../i18n';
import type { InputProps } from './inputProps';
import { NumberEntry } from './NumberEntry';
import { fromPosition, nudge, POSITIONS, stepOf, toPosition } from './scale';
import style from './controls.module.css';

/** Page Up and Down double and halve a logarithmic value. */
const moves: Readonly<Record<string, readonly [direction: 1 | -1, factor?: number]>> = {
  ArrowRight: [1],
  ArrowUp: [1],
  ArrowLeft: [-1],
  ArrowDown: [-1],
  PageUp: [1, 2],
  PageDown: [-1, 2],
};

export function RangeControl({ id, helpId, label, param, value, set }: InputProps<RangeParam, number>) {
  const { t } = useTranslation();
  const { min, max, unit, scale } = param;
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    if (scale !== 'log' && event.key.startsWith('Page')) return;
    event.preventDefault();
    set(nudge(param, value, ...move));
  };
  return (
    <div className={style.range}>
      <input
        id={id}
        type="range"
        min={0}
        max={POSITIONS}
        step="any"
        value={toPosition(param, value)}
        aria-describedby={helpId}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={unit === undefined ? String(value) : `${value} ${unit}`}
        onChange={(event) => set(fromPosition(param, event.target.valueAsNumber))}
        onKeyDown={onKeyDown}
      />
      <NumberEntry
        label={t('controls.number', { label })}
        value={value}
        min={min}
        max={max}
        step={stepOf(param)}
        integer={param.integer ?? false}
        set={set}
      />
      {unit !== undefined && <span className={style.unit}>{unit}</span>}
    </div>
  );
}

/** The scale of a heatmap: its colours from the smallest to the largest value. */
import { gradient, type ColormapName } from './colormap';
import { scientific, significant } from './format';
import style from './Legend.module.css';

interface LegendProps {
  readonly map?: ColormapName;
  readonly low: number;
  readonly high: number;
  readonly label: string;
  readonly unit?: string;
}

/** Many zeros say less than a power of ten. */
const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? scientific(value) : significant(value);

export function Legend({ map = 'viridis', low, high, label, unit = '' }: LegendProps) {
  return (
    <div className={style.legend}>
      <span>{label}</span>
      <span className={style.value}>{short(low)}</span>
      <span className={style.bar} style={{ background: gradient(map) }} aria-hidden />
      <span className={style.value}>
        {short(high)} {unit}
      </span>
    </div>
  );
}

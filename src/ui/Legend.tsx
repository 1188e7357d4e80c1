/** The scale of a heatmap: its colours from the smallest to the largest value. */
import { gradient, type ColormapName } from './colormap';
import { significant } from './format';
import style from './Legend.module.css';

interface LegendProps {
  readonly map?: ColormapName;
  readonly low: number;
  readonly high: number;
  readonly label: string;
  readonly unit?: string;
}

export function Legend({ map = 'viridis', low, high, label, unit = '' }: LegendProps) {
  return (
    <div className={style.legend}>
      <span>{label}</span>
      <span className={style.value}>{significant(low)}</span>
      <span className={style.bar} style={{ background: gradient(map) }} aria-hidden />
      <span className={style.value}>
        {significant(high)} {unit}
      </span>
    </div>
  );
}

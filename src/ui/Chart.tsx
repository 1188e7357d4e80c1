/** A chart with a title that says what is compared, its legend, and the same numbers as a table. */
import { lazy, Suspense, useId, useMemo, useState, type ReactNode } from 'react';
import { Badge } from './Badge';
import { Button } from './Button';
import type { ChartAxis, ChartLine } from './chartData';
import { ChartTable } from './ChartTable';
import { useLab } from './context';
import { styleLines } from './roles';
import { MarkSymbol } from './MarkSymbol';
import style from './Chart.module.css';

const ChartPlot = lazy(() => import('./ChartPlot'));

const none: readonly number[] = [];

interface ChartProps {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  /** Where the x axis has its ticks, and how far it reaches before anything was measured. */
  readonly xValues?: readonly number[];
  /** Beside the title: progress, a button. */
  readonly aside?: ReactNode;
  /** Below: what could not be measured and why. */
  readonly children?: ReactNode;
}

export function Chart({ title, x, y, lines, xValues = none, aside, children }: ChartProps) {
  const { t } = useLab();
  const id = useId();
  const [table, setTable] = useState(false);
  const styles = useMemo(() => styleLines(lines), [lines]);
  const empty = lines.every(({ points }) => points.every((p) => p.y === null));
  return (
    <figure className={style.chart} aria-labelledby={id}>
      <div className={style.head}>
        <figcaption id={id} className={style.title}>
          {title}
        </figcaption>
        <div className={style.aside}>
          {aside}
          <Button aria-pressed={table} onClick={() => setTable(!table)}>
            {t({ en: 'Table', zh: '表格' })}
          </Button>
        </div>
      </div>
      <ul className={style.legend}>
        {lines.map((line, i) => (
          <li key={line.id}>
            <svg width="30" height="12" viewBox="0 0 30 12" aria-hidden>
              <line
                x1="1"
                y1="6"
                x2="29"
                y2="6"
                stroke={styles[i]?.colour}
                strokeWidth="2"
                strokeDasharray={styles[i]?.dash}
              />
              <MarkSymbol
                mark={styles[i]?.mark ?? 'circle'}
                colour={styles[i]?.colour ?? 'currentColor'}
                hollow={styles[i]?.hollow ?? false}
                cx={15}
                cy={6}
              />
            </svg>
            {line.label}
            {line.badge !== undefined && <Badge tone="warn">{line.badge}</Badge>}
          </li>
        ))}
      </ul>
      {table ? (
        <ChartTable title={title} x={x} y={y} lines={lines} />
      ) : (
        <div
          role="img"
          aria-label={`${title}. ${t({ en: 'The table holds the same numbers.', zh: '表格中有同样的数据。' })}`}
        >
          {/* Above its end: along the axis, letters would lie on their side. */}
          <div className={style.axis}>{y.label}</div>
          <div className={style.plot}>
            <Suspense fallback={<div className={style.skeleton} />}>
              <ChartPlot x={x} y={y} lines={lines} styles={styles} xValues={xValues} />
            </Suspense>
            {empty && <p className={style.empty}>{t({ en: 'Not measured yet', zh: '尚未测量' })}</p>}
          </div>
        </div>
      )}
      {children}
    </figure>
  );
}

/** Histograms over the same bins laid over each other, with shaded zones behind; the same numbers as a table. */
import { useId, useState, type ReactNode } from 'react';
import type { SeriesRole } from '@/lab/demo';
import { Button } from './Button';
import { useLab } from './context';
import { count, significant } from './format';
import { edgeTicks, occupied, stairs } from './histogramData';
import { styleLines } from './roles';
import chart from './Chart.module.css';
import style from './Histogram.module.css';

export interface HistogramSeries {
  readonly id: string;
  readonly role: SeriesRole;
  readonly label: string;
  /** By bin: one less than there are edges. */
  readonly counts: readonly number[];
}

/** A stretch of the x axis with a meaning, shaded behind the bars. */
export interface HistogramZone {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

interface HistogramProps {
  readonly title: string;
  /** What is counted along the axis: "log₂ |error|". */
  readonly x: string;
  /** Ends of the bins, ascending. */
  readonly edges: readonly number[];
  readonly series: readonly HistogramSeries[];
  readonly zones?: readonly HistogramZone[];
  /** Show all bins, rather than those that hold something. */
  readonly whole?: boolean;
  /** How a tick reads; default the number. */
  readonly tick?: (edge: number) => string;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

const none: readonly HistogramZone[] = [];
const plain = (edge: number): string => String(edge).replace('-', '−');

export function Histogram(props: HistogramProps) {
  const { title, x, edges, series, zones = none, whole = false, tick = plain, aside, children } = props;
  const { t } = useLab();
  const id = useId();
  const [table, setTable] = useState(false);
  const styles = styleLines(series);
  const [from, to] = whole ? [0, edges.length - 1] : occupied(series.map(({ counts }) => counts));
  const shown = edges.slice(from, to + 1);
  const shares = series.map(({ counts }) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return counts.slice(from, to).map((n) => (total === 0 ? 0 : n / total));
  });
  const most = Math.max(...shares.flat(), 1e-9);
  const [first = 0, last = 1] = [shown[0], shown.at(-1)];
  const place = (at: number): number => (100 * (at - first)) / (last - first || 1);
  const seen = zones.flatMap((zone) => {
    const [low, high] = [Math.max(first, zone.from), Math.min(last, zone.to)];
    return high > low ? [{ ...zone, left: place(low), width: place(high) - place(low) }] : [];
  });
  return (
    <figure className={chart.chart} aria-labelledby={id}>
      <div className={chart.head}>
        <figcaption id={id} className={chart.title}>
          {title}
        </figcaption>
        <div className={chart.aside}>
          {aside}
          <Button aria-pressed={table} onClick={() => setTable(!table)}>
            {t({ en: 'Table', zh: '表格' })}
          </Button>
        </div>
      </div>
      <ul className={chart.legend}>
        {series.map((one, i) => (
          <li key={one.id}>
            <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden className={style.key}>
              <path
                d="M1 11V3H21V11"
                stroke={styles[i]?.colour}
                fill={styles[i]?.colour}
                strokeDasharray={styles[i]?.dash}
              />
            </svg>
            {one.label}
          </li>
        ))}
      </ul>
      {table ? (
        <Table title={title} x={x} edges={shown} series={series} from={from} tick={tick} />
      ) : (
        <div
          className={style.frame}
          role="img"
          aria-label={`${title}. ${t({ en: 'The table holds the same numbers.', zh: '表格中有同样的数据。' })}`}
        >
          <div className={style.plot}>
            {seen.map((zone) => (
              <div
                key={zone.label}
                className={style.zone}
                style={{ left: `${zone.left}%`, width: `${zone.width}%` }}
              >
                <span>{zone.label}</span>
              </div>
            ))}
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden className={style.bars}>
              {shares.map((heights, i) => (
                <path
                  key={series[i]?.id}
                  d={stairs(
                    shown,
                    heights.map((h) => h / most),
                  )}
                  stroke={styles[i]?.colour}
                  fill={styles[i]?.colour}
                  strokeDasharray={styles[i]?.dash}
                />
              ))}
            </svg>
            <span className={style.top}>{significant(100 * most, 2)} %</span>
          </div>
          <div className={style.ticks} aria-hidden>
            {edgeTicks(shown, 9).map((edge) => (
              <span key={edge} style={{ left: `${place(edge)}%` }}>
                {tick(edge)}
              </span>
            ))}
          </div>
          <div className={style.label}>{x}</div>
        </div>
      )}
      {children}
    </figure>
  );
}

interface TableProps extends Pick<HistogramProps, 'title' | 'x' | 'edges' | 'series'> {
  /** The bin of the first edge. */
  readonly from: number;
  readonly tick: (edge: number) => string;
}

const Table = ({ title, x, edges, series, from, tick }: TableProps) => (
  <div className={chart.table} role="region" aria-label={title} tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">{x}</th>
          {series.map(({ id, label }) => (
            <th key={id} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {edges.slice(0, -1).map((edge, i) => (
          <tr key={edge}>
            <th scope="row">
              {tick(edge)} … {tick(edges[i + 1] ?? edge)}
            </th>
            {series.map(({ id, counts }) => (
              <td key={id}>{count(counts[from + i] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

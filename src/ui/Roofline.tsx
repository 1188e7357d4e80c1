/** A roofline: speed over arithmetic intensity under the two measured ceilings, every point with its name. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from './Button';
import { useLab } from './context';
import { gbps, gflops, quantity, significant, tick } from './format';
import { MarkSymbol } from './MarkSymbol';
import { roles } from './roles';
import {
  attainable,
  decades,
  frameOf,
  ridge,
  spread,
  type Ceiling,
  type RooflinePoint,
} from './rooflineData';
import chart from './Chart.module.css';
import style from './Roofline.module.css';

interface RooflineProps {
  readonly title: string;
  /** Nothing before it was measured. */
  readonly ceiling: Ceiling | undefined;
  readonly points: readonly RooflinePoint[];
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

const HEIGHT = 380;
const margin = { left: 82, right: 12, top: 12, bottom: 40 } as const;
/** Between the baselines of two labels. */
const LINE = 14;

export function Roofline({ title, ceiling, points, aside, children }: RooflineProps) {
  const { t } = useLab();
  const id = useId();
  const [table, setTable] = useState(false);
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
      {table ? (
        <Table title={title} ceiling={ceiling} points={points} />
      ) : (
        <div
          role="img"
          aria-label={`${title}. ${t({ en: 'The table holds the same numbers.', zh: '表格中有同样的数据。' })}`}
        >
          <Plot ceiling={ceiling} points={points} />
        </div>
      )}
      {children}
    </figure>
  );
}

function Plot({ ceiling, points }: Pick<RooflineProps, 'ceiling' | 'points'>) {
  const { t } = useLab();
  const clip = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (!ceiling || width === 0) return <div ref={frame} className={style.frame} />;
  const { x, y } = frameOf(ceiling, points);
  const [inner, tall] = [width - margin.left - margin.right, HEIGHT - margin.top - margin.bottom];
  const px = (log: number): number => margin.left + ((log - x[0]) / (x[1] - x[0])) * inner;
  const py = (log: number): number => margin.top + tall - ((log - y[0]) / (y[1] - y[0])) * tall;
  const roofAt = (log: number): number => Math.log10(attainable(ceiling, 10 ** log));
  const roof = [x[0], Math.log10(ridge(ceiling)), x[1]].map((log) => `${px(log)} ${py(roofAt(log))}`);
  return (
    <div ref={frame} className={style.frame}>
      <svg width={width} height={HEIGHT} aria-hidden>
        <clipPath id={clip}>
          <rect x={margin.left} y={margin.top} width={inner} height={tall} />
        </clipPath>
        {decades(x).map((log) => (
          <g key={log} className={style.grid}>
            <line x1={px(log)} x2={px(log)} y1={margin.top} y2={margin.top + tall} />
            <text x={px(log)} y={HEIGHT - margin.bottom + 16} textAnchor="middle">
              {tick(10 ** log)}
            </text>
          </g>
        ))}
        {decades(y).map((log) => (
          <g key={log} className={style.grid}>
            <line x1={margin.left} x2={margin.left + inner} y1={py(log)} y2={py(log)} />
            <text x={margin.left - 6} y={py(log) + 4} textAnchor="end">
              {gflops(10 ** (log - 9)).replace(/\.0+(?!\d)/, '')}
            </text>
          </g>
        ))}
        <text x={margin.left + inner / 2} y={HEIGHT - 6} textAnchor="middle" className={style.axis}>
          {t({ en: 'arithmetic intensity, flop/byte', zh: '运算强度（flop/字节）' })}
        </text>
        <g clipPath={`url(#${clip})`}>
          <path d={`M${roof.join('L')}`} className={style.roof} />
        </g>
        <text
          x={px(x[1]) - 4}
          y={py(Math.log10(ceiling.flopsPerSecond)) + 16}
          textAnchor="end"
          className={style.axis}
        >
          {gflops(ceiling.flopsPerSecond / 1e9)}
        </text>
        <Bandwidth ceiling={ceiling} px={px} py={py} x={x} y={y} />
        <Marks points={points} px={px} py={py} />
      </svg>
    </div>
  );
}

interface BandwidthProps extends Placed {
  readonly ceiling: Ceiling;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

interface Placed {
  readonly px: (log: number) => number;
  readonly py: (log: number) => number;
}

/** The sloping ceiling's name, along it. */
function Bandwidth({ ceiling, px, py, x, y }: BandwidthProps) {
  const { bytesPerSecond, flopsPerSecond } = ceiling;
  const byte = Math.log10(bytesPerSecond);
  const from = Math.max(x[0], y[0] - byte);
  const to = Math.log10(flopsPerSecond) - byte;
  const middle = from + 0.78 * (to - from);
  const angle = (180 / Math.PI) * Math.atan2(py(to + byte) - py(from + byte), px(to) - px(from));
  return (
    <text
      transform={`translate(${px(middle)} ${py(middle + byte)}) rotate(${angle}) translate(0 -7)`}
      textAnchor="middle"
      className={style.axis}
    >
      {gbps(bytesPerSecond / 1e9)}
    </text>
  );
}

/** Points of the smallest intensity have their names on the left, the others on the right. */
function Marks({ points, px, py }: Placed & Pick<RooflineProps, 'points'>) {
  const least = Math.min(...points.map(({ intensity }) => intensity));
  const columns = Map.groupBy(points, ({ intensity }) => intensity);
  return [...columns].map(([intensity, mine]) => {
    const cx = px(Math.log10(intensity));
    const left = intensity === least && columns.size > 1;
    const ys = mine.map(({ flopsPerSecond }) => py(Math.log10(flopsPerSecond)));
    const labels = spread(ys, LINE, margin.top + 6, HEIGHT - margin.bottom - 4);
    const edge = cx + (left ? -18 : 18);
    return (
      <g key={intensity}>
        {mine.map((point, i) => (
          <g key={point.id}>
            <polyline
              points={`${cx},${ys[i]!} ${cx + (left ? -8 : 8)},${ys[i]!} ${edge},${labels[i]!}`}
              className={style.leader}
            />
            <text
              x={edge + (left ? -3 : 3)}
              y={labels[i]! + 4}
              textAnchor={left ? 'end' : 'start'}
              className={style.name}
            >
              {point.label}
            </text>
            <MarkSymbol mark={roles[point.role].mark} colour={roles[point.role].colour} cx={cx} cy={ys[i]} />
          </g>
        ))}
      </g>
    );
  });
}

function Table({ title, ceiling, points }: Pick<RooflineProps, 'title' | 'ceiling' | 'points'>) {
  const { t } = useLab();
  return (
    <div className={chart.table} role="region" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'contender', zh: '参赛者' })}</th>
            <th scope="col">{t({ en: 'intensity', zh: '运算强度' })}</th>
            <th scope="col">{t({ en: 'speed', zh: '速度' })}</th>
            <th scope="col">{t({ en: 'of the roof', zh: '占屋顶' })}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ id, label, intensity, flopsPerSecond }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td>{quantity(Number(intensity.toPrecision(3)), 'flop/B')}</td>
              <td>{gflops(flopsPerSecond / 1e9)}</td>
              <td>
                {ceiling ? `${significant((100 * flopsPerSecond) / attainable(ceiling, intensity))} %` : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

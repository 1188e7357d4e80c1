/** The drawn part of a chart (recharts, a chunk of its own). */
import { memo } from 'react';
import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { axisOf, rowsOf, type ChartAxis, type ChartLine } from './chartData';
import { useLab } from './context';
import { quantity, tick } from './format';
import { MarkSymbol } from './MarkSymbol';
import type { RoleStyle } from './roles';
import style from './Chart.module.css';

/** Ticks are round: zeros behind the point say nothing. Millions would not fit beside the axis. */
const axisTick = (value: number, unit?: string): string =>
  unit === undefined && Math.abs(value) >= 1e6
    ? tick(value)
    : quantity(value, unit).replace(/\.0+(?!\d)/, '');

interface ChartPlotProps {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  readonly styles: readonly RoleStyle[];
  readonly xValues: readonly number[];
}

/** Drawn again only when something it shows is another object. */
export default memo(function ChartPlot({ x, y, lines, styles, xValues }: ChartPlotProps) {
  const { reducedMotion } = useLab();
  const rows = rowsOf(lines, xValues);
  const ys = lines
    .flatMap(({ points }) => points.flatMap((p) => [p.y, p.low, p.high]))
    .filter((v) => v != null);
  const yAxis = axisOf(ys, y.scale, y.unit);
  const ticks = rows.map(({ x: at }) => at);
  const reach: [number, number] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={{ top: 8, right: 16, bottom: 24, left: 4 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          dataKey="x"
          type="number"
          scale={x.scale}
          domain={reach}
          ticks={ticks}
          tickFormatter={tick}
          interval="preserveStartEnd"
          minTickGap={12}
          stroke="var(--line-strong)"
          tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
          label={{
            value: x.label,
            position: 'insideBottom',
            offset: -16,
            fill: 'var(--ink-soft)',
            fontSize: 12,
          }}
        />
        <YAxis
          type="number"
          scale={y.scale}
          domain={yAxis.domain}
          ticks={yAxis.ticks}
          allowDataOverflow
          tickFormatter={(value: number) => (ys.length === 0 ? '' : axisTick(value, y.unit))}
          width={76}
          stroke="var(--line-strong)"
          tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload, label }) =>
            active && payload.length > 0 ? (
              <div className={style.tooltip}>
                <strong>
                  {x.label} {quantity(Number(label), x.unit)}
                </strong>
                {payload.map(({ dataKey, value }) => {
                  const i = Number(String(dataKey).slice(1));
                  return (
                    <span key={String(dataKey)} className={style.entry}>
                      <i style={{ background: styles[i]?.colour }} />
                      {lines[i]?.label} {quantity(Number(value), y.unit)}
                      {lines[i]?.badge !== undefined && ` (${lines[i].badge})`}
                    </span>
                  );
                })}
              </div>
            ) : null
          }
        />
        {lines.map((line, i) => (
          <Line
            key={line.id}
            dataKey={`y${i}`}
            name={line.label}
            stroke={styles[i]?.colour}
            strokeWidth={2}
            strokeDasharray={styles[i]?.dash}
            connectNulls
            isAnimationActive={!reducedMotion}
            animationDuration={250}
            dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) =>
              cx == null || cy == null ? (
                <g key={index} />
              ) : (
                <MarkSymbol
                  key={index}
                  mark={styles[i]?.mark ?? 'circle'}
                  colour={styles[i]?.colour ?? 'currentColor'}
                  hollow={styles[i]?.hollow ?? false}
                  cx={cx}
                  cy={cy}
                />
              )
            }
          >
            <ErrorBar dataKey={`e${i}`} width={4} strokeWidth={1} stroke={styles[i]?.colour} />
          </Line>
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
});

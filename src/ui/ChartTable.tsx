/** A chart's numbers as a table: for screen readers, for copying, for looking closely. */
import type { ChartAxis, ChartLine } from './chartData';
import { rowsOf } from './chartData';
import { quantity } from './format';
import style from './Chart.module.css';

interface ChartTableProps {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
}

export function ChartTable({ title, x, y, lines }: ChartTableProps) {
  return (
    <div className={style.table} role="region" aria-label={title} tabIndex={0}>
      <table>
        <caption className="visually-hidden">
          {title}: {y.label}
        </caption>
        <thead>
          <tr>
            <th scope="col">{x.label}</th>
            {lines.map(({ id, label, badge }) => (
              <th key={id} scope="col">
                {label}
                {badge !== undefined && <small> ({badge})</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(lines).map((row) => (
            <tr key={row.x}>
              <th scope="row">{quantity(row.x, x.unit)}</th>
              {lines.map(({ id, points }, i) => {
                const value = row[`y${i}`];
                const note = points.find((p) => p.x === row.x)?.note;
                return (
                  <td key={id} title={note}>
                    {value === undefined ? (note ?? '–') : quantity(value, y.unit)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From raw results to rows with ratios, and to the table that people read. */
import type { Row } from './contract';

export type Unrated = Omit<Row, 'ratio'> & {
  /** A library we are compared with, not a kernel of ours. */
  readonly peer: boolean;
};

/** Within each op and shape: ratio = the fastest correct peer's median ÷ the row's median. */
export function rate(rows: readonly Unrated[]): Row[] {
  return rows.map(({ peer: _, ...row }) => {
    const rivals = rows.filter((other) => other.peer && other.correct && sameTask(other, row));
    const best = Math.min(...rivals.map((rival) => rival.timeMs?.median ?? Infinity));
    const ratio = row.correct && row.timeMs && best < Infinity ? best / row.timeMs.median : null;
    return { ...row, ratio };
  });
}

const sameTask = (a: Pick<Row, 'op' | 'shape'>, b: Pick<Row, 'op' | 'shape'>): boolean =>
  a.op === b.op && shapeText(a.shape) === shapeText(b.shape);

export const shapeText = (shape: Row['shape']): string =>
  Object.entries(shape)
    .map(([name, size]) => `${name}=${size}`)
    .join(' ');

const headings = ['op', 'shape', 'contender', 'rel. error', 'median ms', 'p10–p90 (n)', 'ratio', 'note'];

function cells(row: Row): string[] {
  const { timeMs } = row;
  return [
    row.op,
    shapeText(row.shape),
    `${row.contender} ${row.version}`,
    row.relError === null ? 'no result' : row.relError.toExponential(1) + (row.correct ? '' : ' wrong'),
    timeMs ? milliseconds(timeMs.median) : '–',
    timeMs ? `${milliseconds(timeMs.p10)}–${milliseconds(timeMs.p90)} (${timeMs.samples})` : '–',
    row.ratio === null ? '–' : `${row.ratio.toFixed(2)}×`,
    row.note,
  ];
}

const milliseconds = (ms: number): string => ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0);

/** Columns padded for a terminal; notes, which are long, go below as footnotes. */
export function table(rows: readonly Row[]): string {
  const notes: string[] = [];
  const lines = [headings, ...rows.map(cells)].map((line, i) => {
    const note = line.at(-1) ?? '';
    if (i === 0 || note === '') return line;
    if (!notes.includes(note)) notes.push(note);
    return [...line.slice(0, -1), `[${notes.indexOf(note) + 1}]`];
  });
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...text, '', ...notes.map((note, i) => `[${i + 1}] ${note}`)].join('\n');
}

export function markdown(rows: readonly Row[]): string {
  const line = (items: readonly string[]): string =>
    `| ${items.map((item) => item.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}

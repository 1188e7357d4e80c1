/** What a chart shows, and the arithmetic of its axes. */
import type { SeriesRole } from '@/lab/demo';

export interface ChartPoint {
  readonly x: number;
  /** Null where nothing could be measured; `note` says why. */
  readonly y: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly note?: string;
}

export interface ChartLine {
  readonly id: string;
  readonly role: SeriesRole;
  readonly label: string;
  /** What must stand beside every number of this line: that a software adapter made it. */
  readonly badge?: string;
  /** Of the second side of a comparison: drawn as the first side's line, with hollow marks. */
  readonly second?: boolean;
  readonly points: readonly ChartPoint[];
}

export interface ChartAxis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  /** As in `quantity`: ms, bytes, gflops, gbps or a word. */
  readonly unit?: string;
}

/** Rows by x with each line's y and its spread: what a plot and a table both read. */
export interface ChartRow {
  readonly x: number;
  readonly [line: `y${number}`]: number | undefined;
  readonly [line: `e${number}`]: readonly [below: number, above: number] | undefined;
}

/** @param at places on the x axis that have a row even before anything was measured there */
export function rowsOf(lines: readonly ChartLine[], at: readonly number[] = []): ChartRow[] {
  const measured = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const xs = [...new Set([...at, ...measured])].sort((a, b) => a - b);
  return xs.map((x) => {
    const row: Record<string, unknown> = { x };
    lines.forEach(({ points }, i) => {
      const point = points.find((p) => p.x === x);
      if (point?.y == null) return;
      row[`y${i}`] = point.y;
      if (point.low !== undefined && point.high !== undefined) {
        row[`e${i}`] = [Math.max(0, point.y - point.low), Math.max(0, point.high - point.y)];
      }
    });
    return row as unknown as ChartRow;
  });
}

/** Round ends and ticks that hold all values: powers of ten (bytes: of four) or steps of 1, 2, 5. */
export function axisOf(
  values: readonly number[],
  scale: 'linear' | 'log',
  unit?: string,
): { domain: [number, number]; ticks: number[] } {
  const usable = values.filter((v) => Number.isFinite(v) && (scale === 'linear' || v > 0));
  if (usable.length === 0) return { domain: [0, 1], ticks: [0, 1] };
  const low = Math.min(...usable);
  const high = Math.max(...usable);
  return scale === 'log' ? logAxis(low, high, unit === 'bytes' ? 2 : 10) : linearAxis(Math.min(0, low), high);
}

function logAxis(low: number, high: number, base: number): { domain: [number, number]; ticks: number[] } {
  const from = Math.floor(Math.log(low) / Math.log(base) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log(high) / Math.log(base) - 1e-9));
  const every = Math.max(1, Math.ceil((to - from) / 7));
  const ticks: number[] = [];
  for (let power = from; power <= to; power += every) ticks.push(base ** power);
  return { domain: [base ** from, base ** to], ticks };
}

function linearAxis(low: number, high: number): { domain: [number, number]; ticks: number[] } {
  const rough = (high - low || 1) / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5, 10].find((f) => f * magnitude >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.floor(low / step); i <= Math.ceil(high / step); i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return { domain: [ticks[0] ?? low, ticks.at(-1) ?? high], ticks };
}

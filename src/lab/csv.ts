/** Tables as CSV (RFC 4180): what the page exports and what a spreadsheet reads. */
import type { Measurement } from './report';
import type { Sweep } from './runnerState';

export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One line per row; columns are those of all rows, in the order of their first appearance. */
export function toCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  return lines.map((line) => `${line.map(quote).join(',')}\r\n`).join('');
}

const quote = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

export function measurementRow(m: Measurement): Row {
  const shape = Object.entries(m.shape).map(([axis, size]) => [`shape.${axis}`, size]);
  return {
    name: m.name,
    device: m.device,
    variant: m.variant,
    dtype: m.dtype,
    ...(Object.fromEntries(shape) as Row),
    medianMs: m.timeMs?.median,
    p10Ms: m.timeMs?.p10,
    p90Ms: m.timeMs?.p90,
    samples: m.timeMs?.samples,
    method: m.timeMs?.method,
    compileMs: m.compileMs,
    floorMs: m.floorMs,
    gflops: m.gflops,
    gbps: m.gbps,
    flops: m.flops,
    bytes: m.bytes,
    peakBytes: m.peakBytes,
    workspaceBytes: m.workspaceBytes,
    tuned: m.tuned,
    note: m.note?.en,
  };
}

/** A chart: one row for each measurement at each x; a point without any keeps its row. */
export function sweepRows(x: string, { points }: Sweep): readonly Row[] {
  return points.flatMap((point) =>
    point.measurements.length > 0
      ? point.measurements.map((m) => ({ [x]: point.x, ...measurementRow(m) }))
      : [{ [x]: point.x }],
  );
}

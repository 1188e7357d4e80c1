/** From the points of a sweep to the lines of its chart. */
import { sentenceOf } from '@/lib/errors';
import type { Lang } from '@/lib/text';
import type { ChartDecl, SeriesDecl } from '@/lab/demo';
import type { Measurement } from '@/lab/report';
import type { Sweep } from '@/lab/runnerState';
import type { ChartLine, ChartPoint } from '@/ui/chartData';

const units: Readonly<Record<ChartDecl['y']['field'], string>> = {
  ...{ timeMs: 'ms', perSecond: '', gflops: 'gflops', gbps: 'gbps' },
  ...{ peakBytes: 'bytes', workspaceBytes: 'bytes' },
};
export const unitOf = (field: ChartDecl['y']['field']): string => units[field];

export const belongs = (series: SeriesDecl, m: Measurement): boolean =>
  m.name === series.name &&
  (series.variant === undefined || m.variant === series.variant) &&
  (series.device === undefined || m.device === series.device) &&
  (series.dtype === undefined || m.dtype === series.dtype);

interface Marks {
  /** Stands beside what a software adapter's GPU path made. */
  readonly softwareBadge?: string | undefined;
  /** Which side of a comparison this is. */
  readonly side?: 'A' | 'B';
}

export function linesOf(
  chart: ChartDecl,
  sweep: Sweep | undefined,
  lang: Lang,
  { softwareBadge, side }: Marks = {},
): ChartLine[] {
  return chart.series.map((series, i) => {
    const points = (sweep?.points ?? []).flatMap(({ x, measurements }) => {
      const found = measurements.find((m) => belongs(series, m));
      return found ? [pointOf(chart, x, found, lang)] : [];
    });
    const onGpu = series.device === 'gpu' || (series.device === undefined && series.role !== 'predicted');
    const badge = onGpu && softwareBadge !== undefined ? { badge: softwareBadge } : {};
    const id = `${side ?? ''}${i} ${series.name}`;
    const label = side === undefined ? series.label[lang] : `${side}: ${series.label[lang]}`;
    return { id, role: series.role, label, points, ...badge, second: side === 'B' };
  });
}

function pointOf(chart: ChartDecl, x: number, m: Measurement, lang: Lang): ChartPoint {
  const note = m.note === undefined ? {} : { note: m.note[lang] };
  const { field, scale } = chart.y;
  if (field === 'timeMs') {
    if (!m.timeMs) return { x, y: null, ...note };
    return { x, y: m.timeMs.median, low: m.timeMs.p10, high: m.timeMs.p90, ...note };
  }
  if (field === 'perSecond') {
    if (!m.timeMs) return { x, y: null, ...note };
    const { median, p10, p90 } = m.timeMs;
    return { x, y: 1000 / median, low: 1000 / p90, high: 1000 / p10, ...note };
  }
  const value = m[field] ?? null;
  // A logarithmic axis has no place for zero: no extra memory at all stays a number in the table alone.
  return { x, y: value === 0 && scale === 'log' ? null : value, ...(value === 0 ? { note: '0' } : note) };
}

/** Why some lines have no point at some x, each reason once. */
export function gapsOf(sweep: Sweep | undefined, lang: Lang): { readonly x: number; readonly why: string }[] {
  return (sweep?.points ?? []).flatMap(({ x, error }) =>
    error === undefined ? [] : [{ x, why: sentenceOf(error, lang) }],
  );
}

/** Curves of thousands of steps as the few dozen points that a chart can show. */
import type { ChartPoint } from './chartData';

const POINTS = 40;

/** Means of `values` over equal stretches of steps; a stretch without a finite value has no point. */
export function stretches(values: readonly number[], length: number): ChartPoint[] {
  const width = Math.max(1, Math.ceil(Math.max(length, values.length) / POINTS));
  const points: ChartPoint[] = [];
  for (let from = 0; from < values.length; from += width) {
    const finite = values.slice(from, from + width).filter(Number.isFinite);
    if (finite.length === 0) continue;
    const mean = finite.reduce((sum, v) => sum + v, 0) / finite.length;
    points.push({ x: Math.min(from + width, values.length), y: mean });
  }
  return points;
}

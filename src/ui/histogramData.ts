/** The arithmetic of a histogram: its outlines as paths in a unit of 100 × 100, its ticks. */

/** Stairs over the bins: `heights` in [0, 1], drawn from the bottom up; a closed outline. */
export function stairs(edges: readonly number[], heights: readonly number[]): string {
  const [first = 0] = edges;
  const last = edges.at(-1) ?? 1;
  const x = (edge: number): string => ((100 * (edge - first)) / (last - first || 1)).toFixed(3);
  const y = (height: number): string => (100 * (1 - height)).toFixed(3);
  const steps = heights.map((height, i) => `V${y(height)}H${x(edges[i + 1] ?? last)}`);
  return `M${x(first)} 100${steps.join('')}V100Z`;
}

/** Edges with a label: at most `most`, at whole multiples of a step of 1, 2, 5, 10 … */
export function edgeTicks(edges: readonly number[], most: number): number[] {
  const [first = 0] = edges;
  const last = edges.at(-1) ?? 1;
  let step = 1;
  for (let i = 0; (last - first) / step > most; i++) step *= i % 3 === 1 ? 2.5 : 2;
  const ticks: number[] = [];
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) ticks.push(at);
  return ticks;
}

/** The bins that hold something, with `margin` empty ones on either side; all where none does. */
export function occupied(series: readonly (readonly number[])[], margin = 1): [from: number, to: number] {
  const bins = Math.max(0, ...series.map((counts) => counts.length));
  const held = Array.from({ length: bins }, (_, i) => series.some((counts) => (counts[i] ?? 0) > 0));
  if (!held.includes(true)) return [0, bins];
  return [Math.max(0, held.indexOf(true) - margin), Math.min(bins, held.lastIndexOf(true) + 1 + margin)];
}

/** Where the colours of the maps begin and end. */
import type { Range } from '@/shaders/draw-heatmap/painter';

/** Nats below the summit that are told apart: what lies lower has the first colour. */
const DEPTH = 20;

export function densityRange(exact: ArrayLike<number>): Range {
  let most = -Infinity;
  for (let i = 0; i < exact.length; i++) most = Math.max(most, exact[i]!);
  const high = Math.ceil(most);
  return { low: high - DEPTH, high };
}

/** Whole powers of ten around all but the lowest and the highest hundredth. */
export function decades(errors: Float32Array): Range {
  const sorted = errors.filter((value) => value > 0).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 1e-6;
  const low = 10 ** Math.floor(Math.log10(at(0.01)));
  return { low, high: Math.max(10 * low, 10 ** Math.ceil(Math.log10(at(0.99)))), log: true };
}

/** Ends of twelve bins or fewer, whole steps of six evaluations each. */
export function evaluationEdges(least: number, most: number): number[] {
  const width = 6 * Math.max(1, Math.ceil((most - least + 1) / 72));
  const bins = Math.floor((most - least) / width) + 1;
  return Array.from({ length: bins + 1 }, (_, i) => least + i * width);
}

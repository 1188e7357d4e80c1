/** The arithmetic of a roofline (Williams, Waterman, Patterson 2009): attainable flop/s = min(P, BW · intensity). */
import type { SeriesRole } from '@/lab/demo';

export interface Ceiling {
  readonly flopsPerSecond: number;
  readonly bytesPerSecond: number;
}

export interface RooflinePoint {
  readonly id: string;
  readonly role: SeriesRole;
  readonly label: string;
  /** Necessary arithmetic over compulsory traffic, flop/byte. */
  readonly intensity: number;
  readonly flopsPerSecond: number;
}

export const attainable = ({ flopsPerSecond, bytesPerSecond }: Ceiling, intensity: number): number =>
  Math.min(flopsPerSecond, bytesPerSecond * intensity);

/** The intensity from which arithmetic is the limit. */
export const ridge = ({ flopsPerSecond, bytesPerSecond }: Ceiling): number => flopsPerSecond / bytesPerSecond;

/** Ends of both axes in log₁₀, wide enough for roof and points and for labels on either side of them. */
export function frameOf(
  ceiling: Ceiling,
  points: readonly Pick<RooflinePoint, 'intensity' | 'flopsPerSecond'>[],
): { readonly x: readonly [number, number]; readonly y: readonly [number, number] } {
  const log = (values: readonly number[]): number[] => values.map((v) => Math.log10(v));
  const xs = log([ridge(ceiling), ...points.map((p) => p.intensity)]);
  const x = [Math.min(...xs) - 1.3, Math.max(...xs) + 1.3] as const;
  const ys = log([ceiling.flopsPerSecond, ...points.map((p) => p.flopsPerSecond)]);
  return { x, y: [Math.min(...ys) - 0.3, Math.max(...ys) + 0.3] };
}

/** Powers of ten within [from, to], both in log₁₀. */
export const decades = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: Math.max(0, Math.floor(to) - Math.ceil(from) + 1) }, (_, i) => Math.ceil(from) + i);

/** Places as near as possible to those asked for, in their order, no two closer than `gap`, inside [low, high]. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  const placed = order.map(({ at }) => at);
  for (let i = 0; i < placed.length; i++)
    placed[i] = Math.max(placed[i]!, i === 0 ? low : placed[i - 1]! + gap);
  for (let i = placed.length - 1; i >= 0; i--)
    placed[i] = Math.min(placed[i]!, i === placed.length - 1 ? high : placed[i + 1]! - gap);
  const out = Array<number>(wanted.length);
  order.forEach(({ i }, rank) => (out[i] = placed[rank]!));
  return out;
}

/**
 * A learned field held against the exact one at one level, by how much data there is: where the likeliest 80 % of the mass
 * lies, where the next 19 % does, and the rest of the frame, which holds 1 %. Samples stand for the first two, an even grid
 * for the third; the grid is also the map.
 */
import { quantile } from '@/lib/stats';
import type { Random } from '@/lib/random';
import { denoise, sample, type Mixture } from '@/methods/diffusion/mixture';
import type { Output } from './langevin';

export const regions = ['dense', 'mid', 'scarce'] as const;
export type Region = (typeof regions)[number];

/** Points along a side of the map. */
export const GRID = 48;
const SAMPLES = 2048;
export const POINTS = GRID * GRID + SAMPLES;

/** Density quantiles, among samples, that part the regions. */
const DENSE = 0.2;
const SCARCE = 0.01;

export interface Ground {
  readonly sigma: number;
  /** Half of the side of the square that the grid covers. */
  readonly half: number;
  /** [POINTS, 2]: the grid row by row from the upper left, then samples. */
  readonly x: Float32Array<ArrayBuffer>;
  /** The exact score there. */
  readonly score: Float64Array;
  readonly region: readonly Region[];
  /** Root mean square of the exact score over samples. */
  readonly size: number;
}

export function groundOf(mixture: Mixture, sigma: number, half: number, random: Random): Ground {
  const clean = sample(mixture, SAMPLES, random);
  const x = new Float32Array(2 * POINTS);
  for (let i = 0; i < GRID * GRID; i++) {
    x[2 * i] = half * ((2 * (i % GRID) + 1) / GRID - 1);
    x[2 * i + 1] = half * (1 - (2 * Math.floor(i / GRID) + 1) / GRID);
  }
  for (let i = 0; i < 2 * SAMPLES; i++) x[2 * GRID * GRID + i] = clean[i]! + sigma * random.normal();
  const score = new Float64Array(2 * POINTS);
  const logp = new Float64Array(POINTS);
  for (let i = 0; i < POINTS; i++) {
    const found = denoise(mixture, [x[2 * i]!, x[2 * i + 1]!], 1, sigma);
    score.set(found.score, 2 * i);
    logp[i] = found.logp;
  }
  const ofSamples = logp.subarray(GRID * GRID);
  const [dense, scarce] = [quantile(ofSamples, DENSE), quantile(ofSamples, SCARCE)];
  const region = Array.from(logp, (each): Region =>
    each >= dense ? 'dense' : each >= scarce ? 'mid' : 'scarce',
  );
  let sum = 0;
  for (let i = 2 * GRID * GRID; i < 2 * POINTS; i++) sum += score[i]! ** 2;
  return { sigma, half, x, score, region, size: Math.sqrt(sum / SAMPLES) };
}

export interface Judged {
  /** RMS ‖s − s*‖ over RMS ‖s*‖. */
  readonly error: number;
  /** Mean angle between both, in degrees. */
  readonly angle: number;
}

export interface Judgement {
  readonly ground: Ground;
  readonly byRegion: Readonly<Record<Region, Judged>>;
  /** The learned score at all points. */
  readonly score: Float64Array;
  /** ‖s − s*‖ / √(‖s*‖² + mean ‖s*‖² of samples) on the grid, row by row. */
  readonly map: Float32Array<ArrayBuffer>;
}

/** @param F what the network gives at `ground.x` */
export function judge(ground: Ground, F: ArrayLike<number>, { skip, out }: Output): Judgement {
  const { x, sigma, score: exact, region, size } = ground;
  const score = Float64Array.from(x, (each, i) => ((skip - 1) * each + out * F[i]!) / sigma ** 2);
  const map = new Float32Array(GRID * GRID);
  const sums = Object.fromEntries(
    regions.map((name) => [name, { error: 0, size: 0, angle: 0, n: 0 }]),
  ) as Record<Region, { error: number; size: number; angle: number; n: number }>;
  for (let i = 0; i < POINTS; i++) {
    const [a, b, c, d] = [score[2 * i]!, score[2 * i + 1]!, exact[2 * i]!, exact[2 * i + 1]!];
    const error = (a - c) ** 2 + (b - d) ** 2;
    const isGrid = i < GRID * GRID;
    if (isGrid) map[i] = Math.sqrt(error / (c * c + d * d + size * size));
    if (isGrid !== (region[i] === 'scarce')) continue;
    const sum = sums[region[i]!];
    sum.error += error;
    sum.size += c * c + d * d;
    sum.angle += Math.abs(Math.atan2(a * d - b * c, a * c + b * d));
    sum.n += 1;
  }
  const byRegion = Object.fromEntries(
    regions.map((name) => {
      const { error, size, angle, n } = sums[name];
      return [name, { error: Math.sqrt(error / size), angle: (180 / Math.PI) * (angle / n) }];
    }),
  ) as Record<Region, Judged>;
  return { ground, byRegion, score, map };
}

/** One dimension alone against all three: networks of B0 made larger to the same multiply-adds. */
import type { Text } from '@/lib/text';
import { totals, trace } from '@/models/vision/trace';
import { countsOf } from './counts';
import type { Current } from './current';
import type { Params } from './params';
import { networkOf, type Scales } from './scaling';

export const dimensions = ['depth', 'width', 'resolution', 'all'] as const;
export type Dimension = (typeof dimensions)[number];

export const dimensionNames: Readonly<Record<Dimension, Text>> = {
  depth: { en: 'depth alone', zh: '只加深' },
  width: { en: 'width alone', zh: '只加宽' },
  resolution: { en: 'resolution alone', zh: '只提高分辨率' },
  all: { en: 'all three, by α, β and γ', zh: '三者同增（按 α、β、γ）' },
};

type Base = Pick<Params, 'alpha' | 'beta' | 'gamma' | 'resolution' | 'seed'>;

/** The scales at `amount`, which grows from 0. */
const grown: Readonly<Record<Dimension, (amount: number, base: Base) => Scales>> = {
  depth: (amount, { resolution }) => ({ width: 1, depth: 1 + amount, resolution }),
  width: (amount, { resolution }) => ({ width: 1 + amount, depth: 1, resolution }),
  resolution: (amount, { resolution }) => ({
    ...{ width: 1, depth: 1 },
    resolution: 4 * Math.round((resolution * (1 + amount)) / 4),
  }),
  all: (amount, { alpha, beta, gamma, resolution }) => ({
    ...{ width: beta ** amount, depth: alpha ** amount },
    resolution: 4 * Math.round((resolution * gamma ** amount) / 4),
  }),
};

/** What rounding leaves: layers and channels come whole. */
const STEP = 0.05;

const macsOf = (scales: Scales): number => totals(trace(networkOf(scales), scales.resolution)).macs;

/** The network of that dimension whose multiply-adds come nearest to `times` B0's, or none: with α = β = γ = 1 nothing grows. */
export function nearest(dimension: Dimension, times: number, base: Base): Current | undefined {
  const wanted = times * macsOf({ width: 1, depth: 1, resolution: base.resolution });
  let best: { readonly scales: Scales; readonly off: number } | undefined;
  for (let amount = 0; amount <= 40; amount += STEP) {
    const scales = grown[dimension](amount, base);
    const macs = macsOf(scales);
    const off = Math.abs(Math.log(macs / wanted));
    if (!best || off < best.off) best = { scales, off };
    if (macs > wanted) break;
  }
  if (!best || best.off > 0.35) return undefined;
  const { scales } = best;
  const network = networkOf(scales);
  return {
    ...{ scales, network, side: scales.resolution, seed: base.seed },
    counts: countsOf(network, scales.resolution),
  };
}

/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import { growthOf, type Params } from './params';

/** Times B0's multiply-adds: B7 has ninety-eight. */
const MOST_WORK = 128;
/** Times B0's layers: more would be thousands of them. */
const MOST_DEPTH = 32;

/** The largest φ whose network is no larger than that, in steps of the slider. */
export function mostPhi(params: Pick<Params, 'alpha' | 'beta' | 'gamma'>): number {
  const log = (base: number, limit: number): number =>
    base > 1 ? Math.log(limit) / Math.log(base) : Infinity;
  const most = Math.min(log(growthOf(params), MOST_WORK), log(params.alpha, MOST_DEPTH));
  return Math.floor(10 * most + 1e-9) / 10;
}

function notTooLarge(params: Params): Correction | undefined {
  const most = mostPhi(params);
  if (params.network !== 'scaled' || params.phi <= most) return undefined;
  return {
    param: 'phi',
    value: most,
    allowed: {
      en: `0 to ${most} at these α, β and γ: a network of at most ${MOST_WORK} times B0's multiply-adds and ${MOST_DEPTH} times its layers`,
      zh: `在此 α、β、γ 下为 0 到 ${most}：乘加次数不超过 B0 的 ${MOST_WORK} 倍，层数不超过 ${MOST_DEPTH} 倍`,
    },
  };
}

export const rules: readonly ((params: Params) => Correction | undefined)[] = [notTooLarge];

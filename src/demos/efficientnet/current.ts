/** What both sessions know of the network in force: its scales and what follows from its description. */
import type { Metrics } from '@/lab/session';
import { countsOf, type Counts } from './counts';
import type { Subject } from './latency';
import { growthOf, type Params } from './params';
import { networkOf, scalesOf, type Scales } from './scaling';

export interface Current extends Subject {
  readonly scales: Scales;
  readonly counts: Counts;
}

/** What a network follows from. */
export type Asked = Pick<Params, 'network' | 'alpha' | 'beta' | 'gamma' | 'phi' | 'resolution' | 'seed'>;

export function currentOf(params: Asked): Current {
  const scales = scalesOf(params);
  const network = networkOf(scales);
  const side = scales.resolution;
  return { scales, network, side, seed: params.seed, counts: countsOf(network, side) };
}

export const metricsOf = (params: Params, { scales, counts }: Current): Metrics => ({
  ...scales,
  growth: growthOf(params),
  ...{ parameters: counts.parameters, macs: counts.macs },
  ...counts.activations,
});

/** Both ways, coarse and fine, with and without the density, over mixtures with thin, rare and many components. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import {
  marginalPoints,
  mixtures,
  packComponents,
  randomMixture,
  reachOf,
  type MixtureName,
  type Parts,
} from '@/shaders/lib/mixtureCases';
import type { AdaptiveAttrs } from './kernel';

interface Setup extends Partial<AdaptiveAttrs> {
  readonly n: number;
  readonly mixture: MixtureName | Parts;
  readonly from: number;
  readonly to: number;
  readonly far?: number;
}

function make(name: string, setup: Setup): Case<AdaptiveAttrs> {
  const { n, mixture, far = 0, ...given } = setup;
  const parts: Parts = typeof mixture === 'string' ? mixtures[mixture] : mixture;
  const attrs: AdaptiveAttrs = {
    ...{ tolerance: 1e-5, most: 1000, density: true, hutchinson: false, seed: 11, stream: 5 },
    ...given,
  };
  const { from, to, tolerance } = attrs;
  // A whitened distance is off by so much; and some forty steps are each off by the tolerance.
  const off = (2 ** -24 * reachOf(parts)) / Math.min(from, to);
  const followed = Math.max(1e-5, 4 * off, 40 * tolerance);
  // Two steps more or less are much of a short way.
  const isShort = Math.abs(Math.log(to / from)) < 2;
  return {
    name: `${name} [${n} 2] K ${parts.length} σ ${from}…${to} to ${tolerance}`,
    attrs,
    inputs: (random) => ({
      y: tensor('f32', [n, 2], marginalPoints(parts, { n, s: 1, std: from, far }, random)),
      components: packComponents(parts),
    }),
    tolerance: { end: followed, change: followed, evaluations: isShort ? 0.5 : 0.2, left: 1e-6 },
    why: 'steps are off by what they may be; rounding in the first step’s length moves all that follow',
  };
}

export const cases: Cases<AdaptiveAttrs> = {
  cases: [
    make('one point', { n: 1, mixture: 'one', from: 0.05, to: 80 }),
    make('odd', { n: 67, mixture: 'eight', from: 0.1, to: 80 }),
    make('coarse', { n: 66, mixture: 'eight', from: 0.1, to: 80, tolerance: 1e-2 }),
    make('fine', { n: 34, mixture: 'eight', from: 0.1, to: 80, tolerance: 1e-6 }),
    make('one probe', { n: 65, mixture: 'eight', from: 0.1, to: 80, hutchinson: true }),
    make('the path alone', { n: 65, mixture: 'a rare one', from: 0.05, to: 150, density: false }),
    make('to the data', { n: 67, mixture: 'one', from: 80, to: 0.05 }),
    make('to the data, the path alone', { n: 67, mixture: 'one', from: 150, to: 0.01, density: false }),
    make('needles', { n: 34, mixture: 'a cross of needles', from: 0.1, to: 80 }),
    make('many', { n: 3, mixture: 'many, 301', from: 0.2, to: 80 }),
    make('far', { n: 34, mixture: 'eight', from: 0.5, to: 80, far: 500 }),
    make('next to nowhere', { n: 34, mixture: 'eight', from: 1, to: 1.0001 }),
  ],
  random(random: Random) {
    return make('random', {
      ...{ n: random.int(1, 30), mixture: randomMixture(random) },
      ...{ from: random.pick([0.1, 0.3, 1]), to: random.pick([3, 80]) },
      ...{ tolerance: random.pick([1e-3, 1e-4, 1e-5]) },
      ...{ density: random.pick([true, false]), hutchinson: random.pick([true, false]) },
    });
  },
  timing: [make('map of 64 pixels square', { n: 4096, mixture: 'eight', from: 0.01, to: 152 })],
};

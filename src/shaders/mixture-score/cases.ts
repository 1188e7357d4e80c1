/** The levels that every kernel of the mixture meets; tolerances follow the distances, which f32 holds to 2⁻²⁴. */
import type { Case, Cases } from '@/gpu/kernel';
import { levelCase, levelSetups, randomLevel, type LevelSetup } from '@/shaders/lib/levelCases';
import type { LevelAttrs } from '@/shaders/lib/mixture';
import { mixtures, reachOf } from '@/shaders/lib/mixtureCases';

function make(name: string, setup: LevelSetup): Case<LevelAttrs> {
  const { mixture, std } = setup;
  const reach = reachOf(typeof mixture === 'string' ? mixtures[mixture] : mixture);
  // A whitened distance v is off by so much, ln p by v times that.
  const off = (2 ** -24 * reach) / std;
  const tolerance = Math.max(1e-5, 4 * off);
  return levelCase(name, {
    ...setup,
    tolerance: { denoised: std < 5 ? 1e-5 : 1e-4, logp: tolerance, divergence: tolerance },
    why: 'little noise magnifies the rounding of distances; much leaves of the means a small difference',
  });
}

export const cases: Cases<LevelAttrs> = {
  cases: Object.entries(levelSetups).map(([name, setup]) => make(name, setup)),
  random: (random) => make('random', randomLevel(random)),
  timing: [make('eight', { n: 131072, mixture: 'eight', s: 1, std: 0.6 })],
};

/** Cases of kernels that see a mixture at one level: much noise and little, thin, rare and many components, far points. */
import type { Case } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { LevelAttrs } from './mixture';
import {
  marginalPoints,
  mixtures,
  packComponents,
  randomMixture,
  type MixtureName,
  type Parts,
} from './mixtureCases';

export interface LevelSetup extends LevelAttrs {
  readonly n: number;
  readonly mixture: MixtureName | Parts;
  readonly far?: number;
  readonly tolerance?: number | Readonly<Record<string, number>>;
  readonly why?: string;
}

export function levelCase(name: string, setup: LevelSetup): Case<LevelAttrs> {
  const { n, s, std, mixture, far = 0, tolerance, why } = setup;
  const parts: Parts = typeof mixture === 'string' ? mixtures[mixture] : mixture;
  return {
    name: `${name} [${n} 2] K ${parts.length} s ${s} std ${std}`,
    attrs: { s, std },
    inputs: (random) => ({
      x: tensor('f32', [n, 2], marginalPoints(parts, { n, s, std, far }, random)),
      components: packComponents(parts),
    }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(why === undefined ? {} : { why }),
  };
}

export const levelSetups: Readonly<Record<string, LevelSetup>> = {
  'one particle': { n: 1, mixture: 'one', s: 1, std: 1 },
  odd: { n: 1003, mixture: 'eight', s: 1, std: 0.6 },
  'nothing but noise': { n: 515, mixture: 'eight', s: 0, std: 1 },
  'much noise': { n: 514, mixture: 'eight', s: 1, std: 157 },
  'variance preserved': { n: 514, mixture: 'a rare one', s: 0.6, std: 0.8 },
  'needles, little noise': { n: 514, mixture: 'a cross of needles', s: 1, std: 0.002 },
  'points, little noise': { n: 514, mixture: 'points', s: 1, std: 0.002 },
  many: { n: 131, mixture: 'many, 301', s: 1, std: 0.3 },
  far: { n: 514, mixture: 'eight', s: 1, std: 0.5, far: 500 },
};

export function randomLevel(random: Random): LevelSetup {
  const s = random.pick([1, random.uniform(), 0]);
  const std = s === 0 ? 1 : random.pick([0.002, 0.05, 0.4, 1, 10, 157]);
  return { n: random.int(1, 300), mixture: randomMixture(random), s, std };
}

/** The levels that every kernel of the mixture meets, and so many particles that each part sums several. */
import type { Cases } from '@/gpu/kernel';
import { levelCase, levelSetups, randomLevel } from '@/shaders/lib/levelCases';
import type { LevelAttrs } from '@/shaders/lib/mixture';

export const cases: Cases<LevelAttrs> = {
  cases: [
    ...Object.entries(levelSetups).map(([name, setup]) => levelCase(name, setup)),
    levelCase('several a part', { n: 40_001, mixture: 'eight', s: 1, std: 0.3 }),
  ],
  random: (random) => levelCase('random', randomLevel(random)),
  timing: [levelCase('eight', { n: 131072, mixture: 'eight', s: 1, std: 0.3 })],
};

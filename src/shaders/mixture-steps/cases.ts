/** Steps of real samplers at the ends of their noise, over mixtures with thin, rare, pointlike and many components. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import {
  marginalPoints,
  mixtures,
  packComponents,
  randomMixture,
  type MixtureName,
  type Parts,
} from '@/shaders/lib/mixtureCases';
import { STAGE, tableOf, type Row, type Stage } from '@/shaders/lib/stages';
import type { StepsAttrs } from './kernel';

const keep = { x: [1, 0, 0, 0, 0], h: [0, 1, 0, 0, 0], a: [0, 0, 1, 0, 0] } as const;
const at = (s: number, std: number, rows: Partial<Record<'x' | 'h' | 'a', Row>>): Stage => ({
  ...{ s, std, evaluates: true },
  ...keep,
  ...rows,
});

/** Algorithm 1 of Karras et al. at s = 1: from noise t to u, a holding x plus half of the first slope's step. */
const heun = (t: number, u: number): Stage[] => {
  const [step, half] = [u - t, (u - t) / 2];
  return [
    at(1, t, { x: [1 + step / t, 0, 0, -step / t, 0], a: [1 + half / t, 0, 0, -half / t, 0] }),
    at(1, u, { x: [half / u, 0, 1, -half / u, 0] }),
  ];
};
/** DDIM from (s, std) to (s′, std′), with noise of its own where τ > 0; D is kept in a. */
const implicit = (from: readonly [number, number], to: readonly [number, number], tau = 0): Stage => {
  const share = Math.sqrt(to[1] ** 2 - tau ** 2) / from[1];
  return at(...from, { x: [share, 0, 0, to[0] - from[0] * share, tau], a: [0, 0, 0, 1, 0] });
};
const stir = (x: number, z: number): Stage => ({
  ...{ s: 1, std: 0, evaluates: false, ...keep },
  x: [x, 0, 0, 0, z],
});
/** Every coefficient differs from 0. */
const dense = (s: number, std: number): Stage =>
  at(s, std, {
    x: [0.5, 0.25, -0.125, 0.4, 0.1],
    h: [0.3, -0.6, 0.2, -0.2, 0.05],
    a: [-0.4, 0.3, 0.7, 0.1, -0.2],
  });
const langevin = (s: number, std: number, by: number): Stage => ({ ...at(s, std, {}), langevin: by });

interface Setup extends Partial<StepsAttrs> {
  readonly n: number;
  readonly mixture: MixtureName | Parts;
  readonly stages: readonly Stage[];
  readonly far?: number;
  readonly norm?: number;
  readonly tolerance?: number;
  readonly why?: string;
}

function make(name: string, setup: Setup): Case<StepsAttrs> {
  const { n, mixture, stages, far = 0, norm = 1, seed = 7, first = 0, count = null } = setup;
  const parts: Parts = typeof mixture === 'string' ? mixtures[mixture] : mixture;
  return {
    name: `${name} [${n} 2] K ${parts.length}`,
    attrs: { seed, first, count },
    inputs(random) {
      const { s, std } = stages[first] ?? { s: 1, std: 1 };
      const points = (): ReturnType<typeof tensor> =>
        tensor('f32', [n, 2], marginalPoints(parts, { n, s, std, far }, random));
      return {
        ...{ x: points(), h: points(), a: points() },
        table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
        components: packComponents(parts),
        control: tensor('f32', [4], [norm, 2, 3, 4]),
      };
    },
    ...(setup.tolerance === undefined ? {} : { tolerance: setup.tolerance }),
    ...(setup.why === undefined ? {} : { why: setup.why }),
  };
}

const hostile = [
  make('one particle, one Gaussian', { n: 1, mixture: 'one', stages: heun(2, 1) }),
  make('a Heun step', { n: 1003, mixture: 'eight', stages: heun(1, 0.6) }),
  make('the first Heun step', { n: 514, mixture: 'eight', stages: heun(157, 120) }),
  make('the last Heun step', { n: 515, mixture: 'eight', stages: heun(0.0075, 0.002) }),
  make('from pure noise', {
    ...{ n: 261, mixture: 'eight' },
    stages: [stir(0, 1), implicit([0, 1], [0.1, 0.9]), implicit([0.1, 0.9], [0.3, 0.7])],
  }),
  make('needles, little noise', {
    ...{ n: 514, mixture: 'a cross of needles', stages: [implicit([1, 0.004], [1, 0.002])] },
  }),
  make('needles, much noise', {
    ...{ n: 514, mixture: 'a cross of needles', stages: [implicit([0.6, 0.8], [0.8, 0.6], 0.3)] },
  }),
  make('a rare one', { n: 514, mixture: 'a rare one', stages: heun(0.5, 0.3) }),
  make('points', { n: 514, mixture: 'points', stages: heun(0.5, 0.3) }),
  make('points, little noise', { n: 514, mixture: 'points', stages: heun(0.004, 0.002) }),
  make('many', { n: 131, mixture: 'many, 301', stages: heun(0.4, 0.2) }),
  make('far from all', { n: 514, mixture: 'eight', stages: heun(1, 0.6), far: 500 }),
  make('far from all, little noise', { n: 514, mixture: 'eight', stages: heun(0.004, 0.002), far: 500 }),
  make('the middle of a table', {
    ...{ n: 77, mixture: 'eight', first: 3, count: 2, seed: 2 ** 32 - 1 },
    stages: [...heun(9, 8), stir(1, 5), dense(0.7, 0.5), dense(0.8, 0.4), ...heun(2, 1)],
  }),
  make('Langevin', { n: 515, mixture: 'eight', stages: [langevin(1, 0.3, 0.5)], norm: 7 }),
  make('Langevin, little noise', {
    ...{ n: 514, mixture: 'points', stages: [langevin(1, 0.002, 0.05)], norm: 600 },
  }),
  make('noise alone', { n: 1001, mixture: 'one', stages: [stir(0.5, 2)] }),
];

function randomCase(random: Random): Case<StepsAttrs> {
  const std = random.pick([0.002, 0.05, 0.4, 1, 10, 157]);
  const s = random.pick([1, random.uniform(), 0]);
  const level = s === 0 ? ([0, 1] as const) : ([s, std] as const);
  const next = [0.5 * s + 0.5, 0.6 * level[1]] as const;
  const stages = random.pick([
    heun(std, 0.6 * std),
    [implicit(level, next)],
    [implicit(level, next, 0.3 * next[1])],
    [dense(...level)],
    [langevin(...level, 0.1)],
  ]);
  const n = random.int(1, 300);
  return make(`random ${stages.length} at (${level.join(', ')})`, {
    ...{ n, mixture: randomMixture(random), stages, seed: random.bits(), norm: 2 / level[1] },
  });
}

export const cases: Cases<StepsAttrs> = {
  cases: hostile,
  random: randomCase,
  timing: [
    make('one Heun step', { n: 131072, mixture: 'eight', stages: heun(1, 0.6) }),
    make('two steps with noise', {
      ...{ n: 131072, mixture: 'eight' },
      stages: [implicit([1, 1], [1, 0.8], 0.3), implicit([1, 0.8], [1, 0.6], 0.3)],
    }),
  ],
};

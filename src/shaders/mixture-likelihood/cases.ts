/** Flows from little noise to much, over mixtures with thin, rare, pointlike and many components, and from far away. */
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
import type { ProbeAttrs } from '@/shaders/lib/probe';
import { FLOW_STEP, flowTable, type FlowProcess } from './table';

/** Processes whose time is the noise, the angle of (signal, noise), and the share of noise. */
const flows = {
  exploding: { s: () => 1, std: (t) => t, rate: (t) => 1 / t, pull: (t) => 1 / t, timeOf: (sigma) => sigma },
  preserving: {
    ...{ s: Math.cos, std: Math.sin, rate: (t) => 1 / Math.tan(t), pull: (t) => 1 / Math.sin(t) },
    timeOf: Math.atan,
  },
  rectified: {
    ...{ s: (t) => 1 - t, std: (t) => t, rate: (t) => 1 / t, pull: (t) => 1 / t },
    timeOf: (sigma) => sigma / (1 + sigma),
  },
} as const satisfies Record<string, FlowProcess & { timeOf: (sigma: number) => number }>;

interface Setup {
  readonly n: number;
  readonly mixture: MixtureName | Parts;
  readonly flow?: keyof typeof flows;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly far?: number;
  readonly hutchinson?: boolean;
}

function make(name: string, setup: Setup): Case<ProbeAttrs> {
  const { n, mixture, flow = 'exploding', from, to, steps, far = 0, hutchinson = false } = setup;
  const parts: Parts = typeof mixture === 'string' ? mixtures[mixture] : mixture;
  const process = flows[flow];
  const times = Array.from({ length: steps + 1 }, (_, i) =>
    process.timeOf(from * (to / from) ** (i / steps)),
  );
  const first = times[0]!;
  // A whitened distance v is off by so much, ln p by v times that; the path collects it while there is little noise.
  const off = (2 ** -24 * reachOf(parts)) / process.std(first);
  return {
    name: `${name} [${n} 2] K ${parts.length} σ ${from}…${to} in ${steps}`,
    attrs: { hutchinson, seed: 11, stream: 5 },
    inputs: (random) => ({
      x: tensor(
        'f32',
        [n, 2],
        marginalPoints(parts, { n, s: process.s(first), std: process.std(first), far }, random),
      ),
      table: tensor('f32', [steps, FLOW_STEP], flowTable(process, times)),
      components: packComponents(parts),
    }),
    tolerance: Math.max(1e-5, 4 * off),
    why: 'little noise magnifies the rounding of distances',
  };
}

export const cases: Cases<ProbeAttrs> = {
  cases: [
    make('one point', { n: 1, mixture: 'one', from: 0.05, to: 80, steps: 16 }),
    make('one step', { n: 67, mixture: 'eight', from: 1, to: 2, steps: 1 }),
    make('odd', { n: 131, mixture: 'eight', from: 0.1, to: 80, steps: 48 }),
    make('preserving', { n: 130, mixture: 'eight', flow: 'preserving', from: 0.05, to: 150, steps: 64 }),
    make('rectified', { n: 130, mixture: 'a rare one', flow: 'rectified', from: 0.05, to: 100, steps: 64 }),
    make('one probe', { n: 129, mixture: 'eight', from: 0.1, to: 80, steps: 48, hutchinson: true }),
    make('needles', { n: 66, mixture: 'a cross of needles', from: 0.1, to: 80, steps: 128 }),
    make('points', { n: 66, mixture: 'points', from: 0.1, to: 80, steps: 128 }),
    make('many', { n: 5, mixture: 'many, 301', from: 0.1, to: 80, steps: 32 }),
    make('little noise', { n: 130, mixture: 'eight', from: 0.005, to: 80, steps: 128 }),
    make('needles, little noise', { n: 66, mixture: 'a cross of needles', from: 0.01, to: 80, steps: 128 }),
    make('unstable', { n: 130, mixture: 'eight', from: 0.005, to: 80, steps: 8 }),
    make('far', { n: 66, mixture: 'eight', from: 0.5, to: 80, steps: 48, far: 500 }),
  ],
  random(random: Random) {
    const from = random.pick([0.1, 0.3, 1]);
    return make('random', {
      ...{ n: random.int(1, 60), mixture: randomMixture(random), from, to: random.pick([3, 80]) },
      flow: random.pick(['exploding', 'preserving', 'rectified'] as const),
      ...{ steps: random.int(1, 60), hutchinson: random.pick([true, false]) },
    });
  },
  timing: [make('map of 128 pixels square', { n: 16384, mixture: 'eight', from: 0.01, to: 152, steps: 128 })],
};

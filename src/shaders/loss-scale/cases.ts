/** Steps that grow, back off, stay, are clipped or skipped. The whole block is compared number by number in the test. */
import type { Case, Cases } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import { controlOf, CONTROL_SIZE, type control } from '@/shaders/lib/control';
import type { LossScaleAttrs } from './kernel';

const usual: LossScaleAttrs = {
  dynamic: true,
  guard: true,
  growth: 2,
  backoff: 0.5,
  interval: 2000,
  maxNorm: 1,
  beta1: 0.9,
  beta2: 0.999,
};

function make(
  name: string,
  block: Partial<Record<keyof typeof control, number>>,
  attrs: Partial<LossScaleAttrs> = {},
): Case<LossScaleAttrs> {
  return {
    name,
    attrs: { ...usual, ...attrs },
    tolerance: 1e-6,
    inputs: () => ({ control: tensor('f32', [CONTROL_SIZE], controlOf(block)) }),
  };
}

const big = { SCALE: 65536, SQUARES: 3 };
const hostile = [
  make('first step', big),
  make('clipped', { SQUARES: 25, STEP: 4, BIAS1: 0.4, BIAS2: 0.005 }),
  make('not clipped', { SQUARES: 25 }, { maxNorm: 0 }),
  make('about to grow', { ...big, COUNTER: 1998 }),
  make('grows', { ...big, COUNTER: 1999 }),
  make('backs off', { ...big, COUNTER: 1999, NOT_FINITE: 2 }),
  make('the sum of squares overflows', { ...big, SQUARES: Infinity }),
  make('static', { ...big, COUNTER: 1999, NOT_FINITE: 1 }, { dynamic: false }),
  make('no guard', { ...big, NOT_FINITE: 1 }, { dynamic: false, guard: false }),
  make('at the bottom', { SCALE: 2 ** -126, NOT_FINITE: 1 }),
  make('zero gradients', { ...big, SQUARES: 0 }),
];

export const cases: Cases<LossScaleAttrs> = {
  cases: hostile,
  random: (random) =>
    make(
      'random',
      {
        SCALE: 2 ** random.int(0, 20),
        COUNTER: random.int(0, 5),
        SQUARES: random.uniform() * 10,
        NOT_FINITE: random.int(0, 1),
        STEP: 3,
      },
      { interval: random.int(1, 5), maxNorm: random.pick([0, 0.5, 2]) },
    ),
  timing: [make('a step', big)],
};

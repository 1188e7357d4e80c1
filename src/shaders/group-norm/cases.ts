/** Groups of one channel and of all, odd ones, images of one pixel, without spread or far from zero; long groups. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import type { GroupNormAttrs } from './dims';

export interface Setup {
  readonly shape: readonly number[];
  readonly groups: number;
  readonly type?: 'f32' | 'f16';
  readonly weights?: 'f32' | 'f16';
  readonly mean?: number;
  readonly scale?: number;
  readonly tolerance?: number;
  readonly why?: string;
}

const far = 'the mean is kept in f32: off by ε·|mean|, which shows against the spread of the group';

export const setups: Readonly<Record<string, Setup>> = {
  'one number': { shape: [1, 1], groups: 1 },
  'a U-Net, 16 × 16': { shape: [4, 16, 16, 32], groups: 8 },
  'a U-Net, 4 × 4': { shape: [5, 4, 4, 64], groups: 8 },
  'one group: layer norm of the image': { shape: [3, 5, 7, 6], groups: 1 },
  'a channel a group: instance norm': { shape: [3, 6, 5, 7], groups: 7 },
  'instance norm, quads': { shape: [3, 6, 5, 8], groups: 8 },
  'batch norm': { shape: [1, 40, 33, 12], groups: 12 },
  'batch norm, far from zero': {
    ...{ shape: [1, 40, 33, 8], groups: 8, mean: 1000, tolerance: 5e-4, why: far },
  },
  'batch norm, halves': { shape: [1, 7, 5, 16], groups: 16, type: 'f16' },
  'batch norm, one pixel a part': { shape: [1, 17, 1, 4], groups: 4 },
  'odd groups': { shape: [2, 5, 3, 15], groups: 5 },
  'groups of two, quads across them': { shape: [3, 3, 3, 12], groups: 6 },
  'no pixels: vectors': { shape: [9, 24], groups: 4 },
  'a long group': { shape: [2, 64, 50, 4], groups: 1 },
  'far from zero': { shape: [3, 6, 6, 16], groups: 4, mean: 1000, tolerance: 5e-4, why: far },
  'no spread': { shape: [3, 4, 4, 8], groups: 2, scale: 0, mean: 3 },
  large: { shape: [3, 4, 4, 8], groups: 2, scale: 1e15 },
  halves: { shape: [3, 7, 5, 8], groups: 2, type: 'f16' },
  'odd halves': { shape: [3, 3, 5, 3], groups: 3, type: 'f16' },
  'halves with f32 weights': { shape: [2, 6, 6, 12], groups: 3, type: 'f16', weights: 'f32' },
  'more than 65535 workgroups': { shape: [70_000, 4], groups: 1 },
};

export function inputsOf(
  { shape, type = 'f32', mean = 0, scale = 1, weights = type }: Setup,
  random: Random,
): HostTensors {
  const channels = shape.at(-1)!;
  const weight = (about: number) =>
    tensor(
      weights,
      [channels],
      random.normals(channels, 0.5).map((v) => v + about),
    );
  return {
    x: tensor(
      type,
      shape,
      random.normals(sizeOf(shape), scale).map((v) => v + mean),
    ),
    gamma: weight(1),
    beta: weight(0),
  };
}

export function randomSetup(random: Random): Setup {
  const groups = random.int(1, 6);
  return {
    shape: [random.int(1, 5), random.int(2, 9), random.int(1, 9), groups * random.int(2, 9)],
    groups,
    type: random.pick(['f32', 'f16']),
    weights: random.pick(['f32', 'f16']),
    scale: random.pick([0.1, 1, 30]),
  };
}

export const nameOf = (name: string, { shape, groups, type = 'f32' }: Setup): string =>
  `${name} [${shape.join(' ')}], ${groups} groups, ${type}`;

export const timed: readonly Setup[] = [
  { shape: [32, 16, 16, 32], groups: 8 },
  { shape: [32, 8, 8, 64], groups: 8 },
  { shape: [1, 32 * 32, 32, 48], groups: 48 },
];

const make = (name: string, setup: Setup): Case<GroupNormAttrs> => ({
  name: nameOf(name, setup),
  attrs: { groups: setup.groups, eps: 1e-5 },
  inputs: (random) => inputsOf(setup, random),
  ...(setup.tolerance === undefined ? {} : { tolerance: setup.tolerance }),
  ...(setup.why === undefined ? {} : { why: setup.why }),
});

export const cases: Cases<GroupNormAttrs> = {
  cases: Object.entries(setups).map(([name, setup]) => make(name, setup)),
  random: (random) => make('random', randomSetup(random)),
  timing: timed.map((setup) => make('images', setup)),
};

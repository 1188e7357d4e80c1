/** Two groups and many, groups of one, both orders of two halves, odd channels. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { ChannelShuffleAttrs } from './kernel';

type DType = 'f32' | 'f16';

const make = (
  name: string,
  shape: readonly number[],
  groups: number,
  dtype: DType = 'f32',
): Case<ChannelShuffleAttrs> => ({
  name: `${name}, [${shape.join(' ')}], ${groups} groups, ${dtype}`,
  attrs: { groups },
  tolerance: 0,
  why: 'elements are moved',
  inputs: (random) => ({ x: tensor(dtype, shape, random.normals(sizeOf(shape))) }),
});

const hostile = [
  make('one number', [1], 1),
  make('torchvision', [2, 5, 7, 24], 2),
  make('even and odd channels', [2, 5, 7, 24], 12),
  make('eight channels', [3, 3, 8], 2),
  make('eight channels, back', [3, 3, 8], 4),
  make('halves of no whole quads', [1, 4, 5, 116], 2),
  make('odd halves, back', [1, 3, 5, 58], 29),
  make('three groups', [1, 6, 5, 27], 3),
  make('a group a channel', [2, 3, 5, 13], 13),
  make('one group', [2, 3, 5, 12], 1),
  make('halves', [2, 5, 7, 16], 2, 'f16'),
  make('halves, back', [2, 5, 7, 16], 8, 'f16'),
  make('odd halves', [1, 5, 3, 15], 5, 'f16'),
  make('more than 65535 workgroups', [2100, 2100, 4], 2),
];

const randomCase = (random: Random): Case<ChannelShuffleAttrs> => {
  const groups = random.pick([2, random.int(1, 9)]);
  const shape = [random.int(1, 3), random.int(1, 9), random.int(1, 9), groups * random.int(1, 16)];
  return make('random', shape, random.pick([groups, shape[3]! / groups]), random.pick(['f32', 'f16']));
};

export const cases: Cases<ChannelShuffleAttrs> = {
  cases: hostile,
  random: randomCase,
  timing: [make('stage 2', [1, 28, 28, 120], 2), make('stage 2, back', [8, 28, 28, 120], 60)],
};

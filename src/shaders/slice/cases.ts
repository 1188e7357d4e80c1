/** Parts at the beginning, the end and between, along every axis; a copy is exact. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { SliceAttrs } from './dims';

const make = (
  name: string,
  shape: readonly number[],
  attrs: Partial<SliceAttrs>,
  type: 'f32' | 'f16' = 'f32',
): Case<SliceAttrs> => {
  const all: SliceAttrs = { axis: -1, from: 0, to: null, ...attrs };
  return {
    name: `${name} [${shape.join(' ')}] axis ${all.axis}, ${all.from} to ${all.to ?? 'the end'} ${type}`,
    attrs: all,
    tolerance: 0,
    why: 'a copy is exact',
    inputs: (random) => ({ x: tensor(type, shape, random.normals(sizeOf(shape))) }),
  };
};

function randomCase(random: Random): Case<SliceAttrs> {
  const shape = Array.from({ length: random.int(1, 4) }, () => random.pick([1, 4, 8, random.int(2, 9)]));
  const axis = random.int(0, shape.length - 1);
  const from = random.int(0, shape[axis]! - 1);
  const to = random.pick([null, random.int(from + 1, shape[axis]!)]);
  return make('random', shape, { axis, from, to }, random.pick(['f32', 'f16']));
}

export const cases: Cases<SliceAttrs> = {
  cases: [
    make('one number', [1], {}),
    make('the whole', [3, 5], {}),
    make('channels, first half', [2, 3, 5, 116], { to: 58 }),
    make('channels, second half', [2, 3, 5, 116], { from: 58 }),
    make('quads', [2, 7, 48], { from: 24 }),
    make('quads', [2, 7, 48], { from: 8, to: 20 }, 'f16'),
    make('rows', [5, 3, 2], { axis: 0, from: 1, to: 4 }),
    make('between', [2, 9, 3], { axis: 1, from: 2, to: 7 }, 'f16'),
    make('more than 65535 workgroups', [65536 * 20, 17], { from: 2, to: 15 }),
  ],
  random: randomCase,
  timing: [make('channels, second half', [1, 28, 28, 116], { from: 58 })],
};

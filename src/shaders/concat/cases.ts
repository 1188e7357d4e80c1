/** Equal and unequal parts along every axis, odd sizes; a copy is exact. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { ConcatAttrs } from './dims';

/** `shape` is that of a; b has `size` along the axis. */
const make = (
  name: string,
  shape: readonly number[],
  size: number,
  axis = -1,
  type: 'f32' | 'f16' = 'f32',
): Case<ConcatAttrs> => {
  const at = axis < 0 ? axis + shape.length : axis;
  const other = shape.map((n, i) => (i === at ? size : n));
  return {
    name: `${name} [${shape.join(' ')}] and [${other.join(' ')}] along axis ${axis} ${type}`,
    attrs: { axis },
    tolerance: 0,
    why: 'a copy is exact',
    inputs: (random) => ({
      a: tensor(type, shape, random.normals(sizeOf(shape))),
      b: tensor(type, other, random.normals(sizeOf(other))),
    }),
  };
};

function randomCase(random: Random): Case<ConcatAttrs> {
  const shape = Array.from({ length: random.int(1, 4) }, () => random.pick([1, 4, 8, random.int(2, 9)]));
  const axis = random.int(0, shape.length - 1);
  return make('random', shape, random.pick([4, random.int(1, 9)]), axis, random.pick(['f32', 'f16']));
}

export const cases: Cases<ConcatAttrs> = {
  cases: [
    make('two numbers', [1], 1),
    make('channels', [2, 3, 5, 58], 58),
    make('branches', [1, 4, 4, 64], 128),
    make('branches', [1, 4, 4, 64], 36, 3, 'f16'),
    make('odd', [3, 5, 7], 2, -1, 'f16'),
    make('images', [2, 3, 2], 5, 0),
    make('rows', [2, 3, 5], 4, 1),
    make('more than 65535 workgroups', [65536 * 20, 9], 4),
  ],
  random: randomCase,
  timing: [make('channels', [1, 28, 28, 58], 58)],
};

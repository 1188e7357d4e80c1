/** Shares from none to nearly all, seeds at the ends of their range, odd sizes. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { DropoutAttrs } from './kernel';

function make(
  name: string,
  shape: readonly number[],
  attrs: Partial<DropoutAttrs> = {},
  type: 'f32' | 'f16' = 'f32',
): Case<DropoutAttrs> {
  const all = { p: 0.1, seed: 7, stream: 0, ...attrs };
  return {
    name: `${name} [${shape.join(' ')}] p ${all.p} seed ${all.seed} ${type}`,
    attrs: all,
    inputs: (random) => ({ x: tensor(type, shape, random.normals(sizeOf(shape))) }),
  };
}

const hostile = [
  make('one number', [1]),
  make('odd size', [37, 101], { p: 0.5 }),
  make('none', [20, 30], { p: 0 }),
  make('nearly all', [100, 100], { p: 0.999 }),
  make('ends of the range', [50, 7], { seed: 2 ** 32 - 1, stream: 2 ** 31 }),
  make('halves', [31, 9], { p: 0.3 }, 'f16'),
  make('more than 65535 workgroups', [65536 * 4, 65]),
];

const randomCase = (random: Random): Case<DropoutAttrs> =>
  make(
    'random',
    [random.int(1, 30), random.int(1, 60)],
    { p: random.uniform() * 0.9, seed: random.bits(), stream: random.bits() },
    random.pick(['f32', 'f16']),
  );

const timing = [make('rows', [2048, 1024])];
export const cases: Cases<DropoutAttrs> = { cases: hostile, random: randomCase, timing };

/** Larger, smaller and equal sizes, one pixel, odd channels; corners aligned or not. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { ResizeAttrs } from './dims';

interface Setup extends Partial<ResizeAttrs> {
  /** N, H, W, C. */
  readonly x: readonly [number, number, number, number];
  readonly size: number | readonly number[];
  readonly dtype?: 'f32' | 'f16';
}

function make(name: string, setup: Setup): Case<ResizeAttrs> {
  const { x, size, mode = 'bilinear', alignCorners = false, dtype = 'f32' } = setup;
  const marks = [...(alignCorners ? ['corners aligned'] : []), ...(dtype === 'f16' ? ['f16'] : [])];
  return {
    name: [`${mode}: ${name}, [${x.join(' ')}] to ${JSON.stringify(size)}`, ...marks].join(', '),
    attrs: { size, mode, alignCorners },
    ...(mode === 'nearest' ? { tolerance: 0, why: 'pixels are copied' } : {}),
    inputs: (random) => ({ x: tensor(dtype, x, random.normals(sizeOf(x))) }),
  };
}

const modes = ['nearest', 'bilinear'] as const;
const setups: Readonly<Record<string, Setup>> = {
  'one pixel': { x: [2, 1, 1, 4], size: [3, 5] },
  'to one pixel': { x: [1, 7, 6, 4], size: 1 },
  'as it was': { x: [1, 5, 6, 8], size: [5, 6] },
  doubled: { x: [2, 10, 9, 12], size: [20, 18] },
  'odd sizes': { x: [1, 7, 11, 4], size: [18, 5] },
  shrunk: { x: [1, 23, 40, 8], size: [6, 9] },
  'three channels': { x: [1, 13, 9, 3], size: [24, 17] },
  'five channels of two images': { x: [2, 4, 5, 5], size: [3, 8] },
  halves: { x: [1, 9, 7, 8], size: 14, dtype: 'f16' },
  'odd halves': { x: [1, 5, 7, 3], size: [9, 3], dtype: 'f16' },
};

const randomCase = (random: Random): Case<ResizeAttrs> =>
  make('random', {
    x: [random.int(1, 2), random.int(1, 17), random.int(1, 17), random.pick([1, 3, 4, 8])],
    size: [random.int(1, 20), random.int(1, 20)],
    mode: random.pick(modes),
    alignCorners: random.int(0, 1) === 1,
    dtype: random.pick(['f32', 'f16']),
  });

export const cases: Cases<ResizeAttrs> = {
  cases: [
    ...Object.entries(setups).flatMap(([name, setup]) =>
      modes.flatMap((mode) =>
        [false, true].map((alignCorners) => make(name, { ...setup, mode, alignCorners })),
      ),
    ),
    make('more than 65535 workgroups', { x: [1, 3, 3, 4], size: 2100, mode: 'nearest' }),
  ],
  random: randomCase,
  timing: [
    make('a detector’s features', { x: [1, 20, 20, 256], size: 40, mode: 'nearest' }),
    make('features', { x: [1, 28, 28, 64], size: 56 }),
  ],
};

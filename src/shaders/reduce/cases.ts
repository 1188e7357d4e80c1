/** Axes in every arrangement, sums that lose everything when added one by one, long and short ones. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { reductions, type ReduceAttrs } from './stages';

interface Setup extends Partial<ReduceAttrs> {
  readonly shape: readonly number[];
  readonly type?: 'f32' | 'f16';
  readonly mean?: number;
  readonly scale?: number;
  readonly tolerance?: number;
  readonly why?: string;
}

function make(name: string, setup: Setup): Case<ReduceAttrs> {
  const { shape, type = 'f32', op = 'sum', axes = null, keep = false, dtype = 'same' } = setup;
  const { mean = 0, scale = 1, tolerance, why } = setup;
  const about = `[${shape.join(' ')}] axes ${axes === null ? 'all' : String(axes)} ${type} to ${dtype}`;
  const allowed = tolerance ?? (dtype === 'f16' ? 2e-3 : undefined);
  return {
    name: `${op}: ${name} ${about}`,
    attrs: { op, axes, keep, dtype },
    ...(allowed === undefined ? {} : { tolerance: allowed }),
    ...(why === undefined ? {} : { why }),
    inputs(random) {
      const x = random.normals(sizeOf(shape), scale).map((v) => v + mean);
      return { x: tensor(type, shape, x) };
    },
  };
}

const cancels = 'a sum of n numbers that cancel is as far off as ε·Σ|x|, which is √n times the sum';

const hostile = [
  ...reductions.map((op) => make('rows', { op, shape: [37, 129], axes: -1 })),
  ...reductions.map((op) => make('columns', { op, shape: [129, 36], axes: 0 })),
  ...reductions.map((op) => make('odd columns', { op, shape: [65, 7], axes: 0, type: 'f16', dtype: 'f32' })),
  ...reductions.map((op) => make('all', { op, shape: [50, 1003], mean: 0.5 })),
  make('one number', { shape: [1] }),
  make('nothing to add', { shape: [5, 1, 7], axes: 1 }),
  make('a bias gradient', { shape: [2048, 256], axes: 0, mean: 0.1 }),
  make('a bias gradient', { shape: [2048, 256], axes: 0, type: 'f16', mean: 0.1 }),
  make('halves summed in f32', { shape: [4096, 3], axes: 0, type: 'f16', mean: 1, dtype: 'f32' }),
  make('the middle', { shape: [6, 41, 10], axes: 1, op: 'mean' }),
  make('all but the middle', { shape: [11, 8, 13], axes: [0, 2] }),
  make('two groups', { shape: [3, 5, 4, 6, 7], axes: [0, 2, 4], op: 'norm2' }),
  make('all but one, kept', { shape: [9, 12, 4], axes: [0, -1], keep: true, op: 'max' }),
  make('a million ones and a bit', { shape: [1_000_003], mean: 1, scale: 1e-3, op: 'mean' }),
  make('a million', { shape: [1_000_003], tolerance: 1e-3, why: cancels }),
  make('columns of many rows', { shape: [70_000, 4], axes: 0, mean: 1 }),
  make('more than 65535 workgroups', { shape: [70_000, 4, 2], axes: 1 }),
  make('far from zero', { op: 'max', shape: [20, 70], axes: 1, mean: -1e30, scale: 1e29 }),
  make('far from zero', { op: 'min', shape: [20, 70], axes: 1, mean: 1e30, scale: 1e29 }),
];

function randomCase(random: Random): Case<ReduceAttrs> {
  const rank = random.int(1, 4);
  const shape = Array.from({ length: rank }, () => random.pick([1, random.int(2, 9), random.int(2, 40)]));
  const axes = shape.flatMap((_, axis) => (random.int(0, 1) === 1 ? [axis - rank] : []));
  return make('random', {
    op: random.pick(reductions),
    shape,
    axes: axes.length > 0 ? axes : null,
    keep: random.int(0, 1) === 1,
    type: random.pick(['f32', 'f16']),
    dtype: random.pick(['same', 'f32', 'f16']),
    mean: 0.5,
  });
}

const timing = [
  make('columns', { shape: [2048, 1024], axes: 0 }),
  make('rows', { shape: [2048, 1024], axes: 1 }),
  make('all', { shape: [2048, 1024] }),
];

export const cases: Cases<ReduceAttrs> = { cases: hostile, random: randomCase, timing };

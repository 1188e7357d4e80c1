/** Every slope over its whole range, halves, odd sizes. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { unaryNames, type Unary } from '@/shaders/elementwise/functions';
import type { ElementwiseBackwardAttrs } from './kernel';

interface Setup {
  readonly op: Unary;
  readonly shape: readonly number[];
  readonly x?: 'f32' | 'f16';
  readonly dy?: 'f32' | 'f16';
  readonly scale?: number;
}

function make(
  name: string,
  { op, shape, x = 'f32', dy = x, scale = 1 }: Setup,
): Case<ElementwiseBackwardAttrs> {
  const positive = op === 'log' || op === 'sqrt';
  return {
    name: `${op}: ${name} [${shape.join(' ')}] ${x} ${dy}`,
    attrs: { op, alpha: -0.75 },
    inputs(random) {
      const values = random.normals(sizeOf(shape), scale).map((v) => (positive ? Math.abs(v) + 0.01 : v));
      return { x: tensor(x, shape, values), dy: tensor(dy, shape, random.normals(sizeOf(shape))) };
    },
  };
}

const hostile = [
  ...unaryNames.map((op) => make('f32', { op, shape: [13, 77], scale: 3 })),
  ...unaryNames.map((op) => make('f16', { op, shape: [9, 31], x: 'f16' })),
  make('mixed', { op: 'gelu', shape: [65], x: 'f16', dy: 'f32' }),
  make('one number', { op: 'silu', shape: [1] }),
  make('far out', { op: 'gelu', shape: [500], scale: 1e15 }),
  make('far out', { op: 'gelu-tanh', shape: [500], scale: 1e15 }),
  make('far out', { op: 'silu', shape: [500], scale: 1e15 }),
  make('far out', { op: 'tanh', shape: [500], scale: 1e15 }),
  make('near zero', { op: 'gelu-tanh', shape: [500], scale: 1e-6 }),
  make('more than 65535 workgroups', { op: 'relu', shape: [65536 * 4, 65] }),
];

const randomCase = (random: Random): Case<ElementwiseBackwardAttrs> =>
  make('random', {
    op: random.pick(unaryNames),
    shape: Array.from({ length: random.int(1, 4) }, () => random.int(1, 12)),
    x: random.pick(['f32', 'f16']),
    dy: random.pick(['f32', 'f16']),
    scale: random.pick([0.1, 1, 4]),
  });

export const cases: Cases<ElementwiseBackwardAttrs> = {
  cases: hostile,
  random: randomCase,
  timing: [make('rows', { op: 'gelu', shape: [2048, 1024] })],
};

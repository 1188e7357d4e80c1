/** Every operation over its whole range, shapes that broadcast in every way, mixed types. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';
import { binaryNames, unaryNames } from './functions';
import type { ElementwiseAttrs } from './kernel';

interface Setup {
  readonly op: ElementwiseAttrs['op'];
  readonly a: readonly number[];
  readonly b?: readonly number[];
  readonly types?: readonly ['f32' | 'f16', ('f32' | 'f16')?];
  readonly dtype?: ElementwiseAttrs['dtype'];
  readonly alpha?: number;
  readonly scale?: number;
}

/** Logarithms and roots take positive numbers; quotients nothing near zero. */
function valuesFor(op: string, name: string, n: number, scale: number, random: Random): Float32Array {
  const x = random.normals(n, scale);
  if (op === 'log' || op === 'sqrt') return x.map((v) => Math.abs(v) + 1e-6 * scale);
  if (op === 'div' && name === 'b') return x.map((v) => v + Math.sign(v) * scale);
  return x;
}

function make(name: string, setup: Setup): Case<ElementwiseAttrs> {
  const { op, a, b, types = ['f32', 'f32'], dtype = 'same', alpha = 1, scale = 1 } = setup;
  const shapes = b ? `[${a.join(' ')}] [${b.join(' ')}]` : `[${a.join(' ')}]`;
  const inHalf = dtype === 'f16' || types.includes('f16');
  return {
    name: `${op}: ${name} ${shapes} ${types[0]}${b ? ` ${types[1] ?? types[0]}` : ''} to ${dtype}`,
    attrs: { op, alpha, dtype },
    ...(inHalf ? { tolerance: 2e-3 } : {}),
    inputs(random) {
      const input = (which: string, shape: readonly number[], type: 'f32' | 'f16'): HostTensor =>
        tensor(type, shape, valuesFor(op, which, sizeOf(shape), scale, random));
      return {
        a: input('a', a, types[0]),
        ...(b ? { b: input('b', b, types[1] ?? types[0]) } : {}),
      };
    },
  };
}

/** −87 … 87 where the result stays finite, which also meets every branch. */
const wide: Case<ElementwiseAttrs>[] = unaryNames.map((op) => ({
  name: `${op}: from end to end`,
  attrs: { op, alpha: -2.5, dtype: 'same' as const },
  inputs: () => ({
    a: tensor(
      'f32',
      [1001],
      Float32Array.from({ length: 1001 }, (_, i) =>
        op === 'log' || op === 'sqrt' ? 10 ** ((i - 500) / 14) : (i - 500) * (op === 'exp' ? 0.02 : 0.17),
      ),
    ),
  }),
}));

const hostile = [
  ...wide,
  ...unaryNames.map((op) => make('odd size', { op, a: [7, 33], types: ['f16'] })),
  ...binaryNames.map((op) => make('same shape', { op, a: [5, 67], b: [5, 67], alpha: 0.5 })),
  ...binaryNames.map((op) => make('mixed types', { op, a: [9, 8], b: [8], types: ['f16', 'f32'] })),
  make('one number', { op: 'add', a: [1], b: [1] }),
  make('no axes', { op: 'mul', a: [], b: [] }),
  make('a scalar', { op: 'mul', a: [3, 5, 7], b: [1] }),
  make('the first repeats', { op: 'sub', a: [1], b: [6, 50] }),
  make('a bias', { op: 'add', a: [130, 64], b: [64] }),
  make('a bias of odd size', { op: 'add', a: [130, 63], b: [63] }),
  make('a column', { op: 'div', a: [41, 20], b: [41, 1] }),
  make('positions', { op: 'add', a: [3, 16, 12], b: [16, 12] }),
  make('both repeat', { op: 'mul', a: [5, 1, 9], b: [1, 7, 1] }),
  make('two groups of axes', { op: 'add', a: [2, 3, 4, 5], b: [3, 1, 5] }),
  make('the middle of five', { op: 'max', a: [2, 3, 4, 3, 2], b: [4, 1, 1] }),
  make('widened', { op: 'scale', a: [333], types: ['f16'], dtype: 'f32', alpha: 1 }),
  make('narrowed', { op: 'scale', a: [333], dtype: 'f16', alpha: 1 / 3 }),
  make('unscaled', { op: 'scale', a: [50, 50], types: ['f16'], dtype: 'f32', alpha: 2 ** -16, scale: 1e4 }),
  make('far out', { op: 'gelu', a: [500], scale: 1e6 }),
  make('far out', { op: 'tanh', a: [500], scale: 1e6 }),
  make('far out', { op: 'silu', a: [500], scale: 1e6 }),
  make('tiny', { op: 'tanh', a: [500], scale: 1e-20 }),
  make('more than 65535 workgroups', { op: 'relu', a: [65536 * 4, 65] }),
];

function randomCase(random: Random): Case<ElementwiseAttrs> {
  const rank = random.int(1, 4);
  const a = Array.from({ length: rank }, () => random.pick([1, 2, 4, random.int(3, 17)]));
  // At most the last axes, and one of them repeated.
  const b = a.slice(random.int(0, rank - 1)).map((n) => (random.int(0, 4) === 0 ? 1 : n));
  const floats = ['f32', 'f16'] as const;
  const common = {
    a,
    types: [random.pick(floats), random.pick(floats)],
    dtype: random.pick(['same', ...floats] as const),
    scale: random.pick([0.1, 1, 5]),
  } as const;
  return random.int(0, 1) === 0
    ? make('random', { ...common, op: random.pick(unaryNames) })
    : make('random', { ...common, b, op: random.pick(binaryNames) });
}

const timing = [
  make('rows', { op: 'gelu', a: [2048, 1024] }),
  make('rows', { op: 'add', a: [2048, 1024], b: [2048, 1024] }),
  make('rows', { op: 'add', a: [2048, 1024], b: [1024] }),
];

export const cases: Cases<ElementwiseAttrs> = { cases: hostile, random: randomCase, timing };

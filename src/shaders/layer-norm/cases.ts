/** Rows that lie far from zero, hardly vary or not at all; odd widths, long rows. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import type { NormAttrs } from './norm';

export interface Setup {
  readonly shape: readonly number[];
  readonly type?: 'f32' | 'f16';
  readonly eps?: number;
  readonly mean?: number;
  readonly scale?: number;
  /** Type of gamma and beta, default that of x. */
  readonly weights?: 'f32' | 'f16';
  readonly beta?: boolean;
  readonly tolerance?: number;
  readonly why?: string;
}

const far = 'the mean is kept in f32: off by ε·|mean|, which shows against the spread of the row';

export const setups: Readonly<Record<string, Setup>> = {
  'one number': { shape: [1] },
  'one a row': { shape: [5, 1] },
  'a vector': { shape: [1001] },
  'odd rows': { shape: [37, 67], beta: true },
  'a transformer': { shape: [4, 64, 128], beta: true },
  'a long row': { shape: [3, 20_000] },
  'far from zero': { shape: [16, 96], mean: 1000, tolerance: 5e-4, why: far },
  'no spread': { shape: [9, 40], scale: 0, mean: 3 },
  tiny: { shape: [9, 40], scale: 1e-12, eps: 1e-30 },
  large: { shape: [9, 40], scale: 1e15, beta: true },
  halves: { shape: [65, 36], type: 'f16', beta: true },
  'odd halves': { shape: [7, 5, 3], type: 'f16' },
  'halves with f32 weights': { shape: [20, 64], type: 'f16', weights: 'f32', beta: true },
  'more than 65535 workgroups': { shape: [70_000, 3] },
};

export function inputsOf(
  { shape, type = 'f32', mean = 0, scale = 1, weights = type, beta }: Setup,
  random: Random,
): HostTensors {
  const width = shape.at(-1) ?? 1;
  const of = (n: number, about: number): Float32Array => random.normals(n, 0.5).map((v) => v + about);
  return {
    x: tensor(
      type,
      shape,
      random.normals(sizeOf(shape), scale).map((v) => v + mean),
    ),
    gamma: tensor(weights, [width], of(width, 1)),
    ...(beta ? { beta: tensor(weights, [width], of(width, 0)) } : {}),
  };
}

export const randomSetup = (random: Random): Setup => ({
  shape: [random.int(1, 40), random.pick([random.int(2, 9), random.int(2, 130)])],
  type: random.pick(['f32', 'f16']),
  weights: random.pick(['f32', 'f16']),
  scale: random.pick([0.1, 1, 30]),
  beta: random.int(0, 1) === 1,
});

export const nameOf = (name: string, { shape, type = 'f32' }: Setup): string =>
  `${name} [${shape.join(' ')}] ${type}`;

/** RMS norm takes the same rows, without a shift. */
export function normCases(shift: boolean): Cases<NormAttrs> {
  const make = (name: string, setup: Setup): Case<NormAttrs> => ({
    name: nameOf(name, setup),
    attrs: { eps: setup.eps ?? 1e-5 },
    inputs: (random) => inputsOf(shift ? setup : { ...setup, beta: false }, random),
    ...(setup.tolerance === undefined ? {} : { tolerance: setup.tolerance }),
    ...(setup.why === undefined ? {} : { why: setup.why }),
  });
  return {
    cases: Object.entries(setups).map(([name, setup]) => make(name, setup)),
    random: (random) => make('random', randomSetup(random)),
    timing: [256, 1024].map((width) => make('rows', { shape: [2048, width], beta: true })),
  };
}

export const cases = normCases(true);

/** Shapes and values that break a multiplication written carelessly, random ones, and shapes to time. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { broadcastShape } from '@/shaders/elementwise/broadcast';
import { activations } from '@/shaders/lib/activation';
import { CHUNK, type MatmulAttrs } from './dims';

interface Setup extends Partial<MatmulAttrs> {
  /** M, N, K. */
  readonly size: readonly [number, number, number];
  readonly leadA?: readonly number[];
  readonly leadB?: readonly number[];
  readonly bias?: boolean;
  readonly residual?: boolean;
  readonly dtype?: 'f32' | 'f16';
  /** Standard deviation of a and b. */
  readonly scale?: number;
  /** Changes a and b after they were drawn from the normal distribution. */
  readonly plant?: (a: Float32Array, b: Float32Array, random: Random) => void;
  readonly tolerance?: number;
  readonly why?: string;
}

/**
 * A sum of k random products has grown to √k, so its roundings, of u·|sum| each, add up to u·k/2 in square root of
 * squares: relative to the last sum about u·√K/2, the products' own rounding besides. With u = 2⁻¹¹ and half as much
 * again twice over for the worst draw: 2⁻¹¹·(2 + √K).
 */
export const halfSumTolerance = (terms: number): number => 2 ** -11 * (2 + Math.sqrt(terms));

function make(name: string, setup: Setup): Case<MatmulAttrs> {
  const {
    size,
    leadA = [],
    leadB = [],
    bias = false,
    residual = false,
    dtype = 'f32',
    scale = 1,
    plant,
  } = setup;
  const { transA = false, transB = false, accumulate = 'f32', alpha = 1, activation = 'none' } = setup;
  const [M, N, K] = size;
  const shapeA = [...leadA, ...(transA ? [K, M] : [M, K])];
  const shapeB = [...leadB, ...(transB ? [N, K] : [K, N])];
  const shapeC = [...broadcastShape(leadA, leadB), M, N];
  const marks = [
    `[${shapeA.join(' ')}]${transA ? 'ᵀ' : ''} × [${shapeB.join(' ')}]${transB ? 'ᵀ' : ''}`,
    ...(bias ? ['bias'] : []),
    ...(activation === 'none' ? [] : [activation]),
    ...(residual ? ['residual'] : []),
    ...(alpha === 1 ? [] : [`α=${alpha}`]),
    ...(dtype === 'f16' ? [`f16, sums in ${accumulate}`] : []),
  ];
  const terms = accumulate === 'chunked' ? Math.min(K, CHUNK) : K;
  const own =
    accumulate === 'f32'
      ? { tolerance: setup.tolerance, why: setup.why }
      : {
          tolerance: halfSumTolerance(terms),
          why: `2⁻¹¹·(2 + √${terms}): each of ${terms} sums is rounded to 11 bits`,
        };
  return {
    name: [name, ...marks].join(', '),
    attrs: { transA, transB, accumulate, alpha, activation },
    inputs(random) {
      const a = random.normals(sizeOf(shapeA), scale);
      const b = random.normals(sizeOf(shapeB), scale);
      plant?.(a, b, random);
      return {
        a: tensor(dtype, shapeA, a),
        b: tensor(dtype, shapeB, b),
        ...(bias && { bias: tensor(dtype, [N], random.normals(N)) }),
        ...(residual && { residual: tensor(dtype, shapeC, random.normals(sizeOf(shapeC), scale * scale)) }),
      };
    },
    ...(own.tolerance !== undefined && { tolerance: own.tolerance }),
    ...(own.why !== undefined && { why: own.why }),
  };
}

const half = { dtype: 'f16' } as const;
const sums = { dtype: 'f16', accumulate: 'f16' } as const;
const chunked = { dtype: 'f16', accumulate: 'chunked' } as const;
const both = { transA: true, transB: true } as const;

const hostile = [
  make('one number', { size: [1, 1, 1] }),
  make('one k', { size: [9, 14, 1] }),
  make('one row', { size: [1, 260, 132] }),
  make('one column', { size: [130, 1, 67] }),
  make('one column of a transposed a', { size: [130, 1, 68], transA: true, bias: true }),
  make('dot product', { size: [1, 1, 5000] }),
  make('plain', { size: [64, 64, 64] }),
  make('odd everything', { size: [33, 67, 51] }),
  make('odd everything, both transposed', { size: [33, 67, 51], ...both }),
  make('whole quads, a transposed', { size: [40, 36, 28], transA: true }),
  make('whole quads, b transposed', { size: [40, 36, 28], transB: true }),
  make('whole quads, both transposed', { size: [132, 140, 68], ...both }),
  make('odd k alone', { size: [20, 24, 37] }),
  make('odd k alone, both transposed', { size: [20, 24, 37], ...both }),
  make('odd columns alone', { size: [20, 23, 36] }),
  make('many tiles, no multiple of one', { size: [150, 210, 90], bias: true, activation: 'relu' }),
  make('few rows', { size: [3, 200, 300], bias: true }),
  make('eight rows, b transposed', { size: [8, 100, 260], transB: true, activation: 'gelu' }),
  make('few columns', { size: [200, 3, 100] }),
  make('small C, long k', { size: [12, 20, 3000], alpha: 0.5, bias: true, activation: 'silu' }),
  make('batch', { size: [10, 12, 16], leadA: [3, 2], leadB: [3, 2], bias: true }),
  make('batch, odd and transposed', { size: [7, 9, 5], leadA: [4], leadB: [4], ...both }),
  make('batch over one weight', { size: [5, 24, 20], leadA: [2, 3], bias: true }),
  make('batch over one weight, a transposed', { size: [5, 24, 20], leadA: [6], transA: true }),
  make('one a over a batch', { size: [6, 8, 12], leadB: [5] }),
  make('both broadcast', { size: [6, 8, 12], leadA: [2, 1, 3], leadB: [4, 1] }),
  make('broadcast in turns', { size: [3, 5, 4], leadA: [2, 1, 3, 1], leadB: [1, 2, 1, 3] }),
  make('one column of a batch', { size: [11, 1, 8], leadA: [2, 3], leadB: [3], alpha: -2 }),
  make('alpha, bias, gelu', { size: [31, 44, 60], alpha: 0.125, bias: true, activation: 'gelu' }),
  make('residual', { size: [40, 36, 28], bias: true, residual: true, activation: 'relu6' }),
  make('residual, odd batch', { size: [7, 9, 5], leadA: [2, 1], leadB: [3], residual: true }),
  make('residual, one row', { size: [1, 96, 130], residual: true, activation: 'hard-sigmoid' }),
  make('residual, one column of halves', { size: [37, 1, 90], residual: true, ...half }),
  make('more than 65535 workgroups', { size: [1, 2, 3], leadA: [70000], leadB: [70000] }),
  make('large numbers', { size: [20, 30, 40], scale: 1e15 }),
  make('tiny numbers', { size: [20, 30, 40], scale: 1e-15 }),
  make('one outlier', {
    size: [30, 20, 100],
    plant: (a, _, random) => (a[random.int(0, a.length - 1)] = 1e6),
  }),
  make('cancelling', {
    size: [24, 40, 400],
    transB: true,
    plant: (a, b) => {
      for (let i = 0; i < a.length; i += 2) a[i + 1] = 1e-3 * a[i + 1]! - a[i]!;
      for (let i = 0; i < b.length; i += 2) b[i + 1] = b[i]!;
    },
    tolerance: 2e-4,
    why: 'what is left of each pair of products is 10⁻³ of them: u·√K errors against 10⁻³·√(K/2), u = 2⁻²⁴, times two',
  }),
  make('halves', { size: [64, 72, 80], ...half }),
  make('halves, odd and transposed', { size: [33, 67, 51], ...both, ...half, bias: true }),
  make('halves, odd batch', { size: [5, 7, 3], leadA: [3], leadB: [3], ...half }),
  make('one row of halves', { size: [1, 129, 300], ...half, transB: true }),
  make('one column of halves', { size: [37, 1, 90], ...half }),
  make('subnormal halves', {
    size: [24, 28, 32],
    ...half,
    plant: (a, b) => {
      a.forEach((x, i) => (a[i] = 2e-5 * x));
      b.forEach((x, i) => (b[i] = 100 * x));
    },
  }),
  make('half sums', { size: [64, 72, 80], ...sums }),
  make('half sums, odd and transposed', { size: [33, 67, 51], ...both, ...sums }),
  make('half sums, long k', { size: [16, 20, 1000], ...sums, bias: true }),
  make('one row, half sums', { size: [1, 70, 200], ...sums }),
  make('half sums of a batch', { size: [6, 8, 12], leadA: [2, 1, 3], leadB: [4, 1], ...sums }),
  make('chunked half sums', { size: [64, 72, 80], ...chunked }),
  make('chunked half sums, long odd k', { size: [17, 21, 1001], ...chunked, transA: true }),
];

function randomCase(random: Random): Case<MatmulAttrs> {
  const chance = (share: number): boolean => random.uniform() < share;
  const size = (): number => random.pick([1, random.int(2, 9), random.int(2, 70), 4 * random.int(1, 40)]);
  const dtype = random.pick(['f32', 'f16'] as const);
  const lead = Array.from({ length: random.int(0, 3) }, () => random.int(1, 3));
  const some = (): number[] => lead.slice(random.int(0, lead.length)).map((n) => (chance(0.3) ? 1 : n));
  return make('random', {
    size: [size(), size(), size()],
    ...{ leadA: some(), leadB: some(), dtype },
    ...{ transA: chance(0.4), transB: chance(0.4), bias: chance(0.4), residual: chance(0.3) },
    accumulate: dtype === 'f16' ? random.pick(['f32', 'f16', 'chunked'] as const) : 'f32',
    alpha: random.pick([1, 1, -0.5]),
    activation: random.pick(activations),
  });
}

const timing = [
  make('square', { size: [256, 256, 256] }),
  make('square', { size: [512, 512, 512] }),
  make('square', { size: [1024, 1024, 1024] }),
  make('square', { size: [512, 512, 512], ...half }),
  make('square, b transposed', { size: [512, 512, 512], transB: true }),
  make('odd', { size: [511, 513, 509] }),
  make('one row', { size: [1, 2048, 2048] }),
  make('one row, b transposed', { size: [1, 2048, 2048], transB: true }),
  make('eight rows', { size: [8, 2048, 2048] }),
  make('batch', { size: [128, 128, 64], leadA: [16], leadB: [16] }),
  make('small C', { size: [32, 32, 16384] }),
];

export const cases: Cases<MatmulAttrs> = { cases: hostile, random: randomCase, timing };

/** Shapes and values that break attention written carelessly, random ones, and shapes to time. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor, type DType, type HostTensors } from '@/lib/tensor';
import type { AttentionAttrs } from './dims';

interface Setup extends Partial<AttentionAttrs> {
  /** B, H, Hkv, S, T, D. */
  readonly shape: readonly [number, number, number, number, number, number];
  readonly dtype?: 'f32' | 'f16';
  readonly mask?: (s: number, t: number, random: Random) => boolean;
  /** Changes q, k and v after they were drawn from the standard normal. */
  readonly plant?: (q: Float32Array, k: Float32Array, v: Float32Array, random: Random) => void;
  readonly tolerance?: number;
  readonly why?: string;
}

/** f16 tensors with sums in f32: o is rounded once more (2⁻¹² on average), lse stays f32. */
const tolerances: Readonly<Partial<Record<DType, Record<string, number>>>> = { f16: { o: 1e-3, lse: 1e-5 } };

function make(name: string, setup: Setup): Case<AttentionAttrs> {
  const {
    shape,
    dtype = 'f32',
    mask,
    plant,
    tolerance,
    why,
    causal = false,
    scale = null,
    window = null,
  } = setup;
  const [B, H, Hkv, S, T, D] = shape;
  const bound = tolerance ?? tolerances[dtype];
  return {
    name: `${name} [${shape.join(' ')}]${dtype === 'f16' ? ' f16' : ''}`,
    attrs: { causal, scale, window },
    inputs(random): HostTensors {
      const q = random.normals(B * H * S * D);
      const k = random.normals(B * Hkv * T * D);
      const v = random.normals(B * Hkv * T * D);
      plant?.(q, k, v, random);
      return {
        q: tensor(dtype, [B, H, S, D], q),
        k: tensor(dtype, [B, Hkv, T, D], k),
        v: tensor(dtype, [B, Hkv, T, D], v),
        ...(mask && {
          mask: tensor(
            'u8',
            [S, T],
            Uint8Array.from({ length: S * T }, (_, i) =>
              mask(Math.floor(i / T), i % T, random) ? 1 + (i % 255) : 0,
            ),
          ),
        }),
      };
    },
    ...(bound !== undefined && { tolerance: bound }),
    ...(why !== undefined && { why }),
  };
}

/** A logit is a sum of D products in f32: its error, and so that of p = e^(s − m), is a few ε·max|logit|. */
const logitBound = (largest: number) => ({
  tolerance: 2 ** -21 * largest,
  why: `p = e^(s − m) inherits the error of the logits, 8·ε·max|logit| with max|logit| = ${largest} and ε = 2⁻²⁴`,
});

const scaled = (by: number) => (q: Float32Array, k: Float32Array) => {
  q.forEach((x, i) => (q[i] = x * by));
  k.forEach((x, i) => (k[i] = x * by));
};

/** Adds a constant to every logit: component 0 of q is `a`, that of k is `b`. */
const shifted =
  (D: number, a: number, b: number) =>
  (q: Float32Array, k: Float32Array): void => {
    for (let i = 0; i < q.length; i += D) q[i] = a;
    for (let i = 0; i < k.length; i += D) k[i] = b;
  };

const hostile = [
  make('one number', { shape: [1, 1, 1, 1, 1, 16] }),
  make('one query', { shape: [1, 2, 2, 1, 77, 64] }),
  make('eight queries of grouped heads', { shape: [2, 6, 2, 8, 700, 20], causal: true, window: 390 }),
  make('three queries, the second sees nothing', {
    shape: [1, 4, 2, 3, 530, 64],
    mask: (s, _, random) => s !== 1 && random.uniform() < 0.5,
  }),
  make('one key', { shape: [1, 2, 1, 19, 1, 32] }),
  make('plain', { shape: [1, 2, 2, 64, 64, 64] }),
  make('no multiple of a tile', { shape: [2, 3, 3, 37, 53, 20] }),
  make('D=16, grouped heads', { shape: [1, 6, 2, 33, 65, 16] }),
  make('D=48, one key head', { shape: [1, 5, 1, 70, 41, 48], causal: true }),
  make('D=80', { shape: [1, 2, 1, 67, 129, 80] }),
  make('D=128', { shape: [1, 2, 2, 65, 97, 128], causal: true }),
  make('D=252', { shape: [1, 1, 1, 35, 66, 252] }),
  make('D=256', { shape: [1, 2, 1, 33, 70, 256], causal: true }),
  make('wider than the fused ones take', { shape: [1, 1, 1, 35, 66, 260] }),
  make('causal', { shape: [1, 2, 2, 150, 150, 64], causal: true }),
  make('causal, more keys', { shape: [1, 2, 2, 31, 190, 32], causal: true }),
  make('causal, more queries: rows that see nothing', { shape: [1, 4, 2, 100, 37, 32], causal: true }),
  make('causal, window', { shape: [1, 2, 2, 170, 170, 32], causal: true, window: 40 }),
  make('causal, window of one: o = v', { shape: [1, 2, 1, 50, 50, 32], causal: true, window: 1 }),
  make('window on both sides', { shape: [1, 2, 2, 140, 120, 32], window: 17 }),
  make('window, more queries: rows that see nothing', { shape: [1, 2, 2, 90, 30, 16], window: 5 }),
  make('window wider than all', { shape: [1, 1, 1, 40, 60, 16], window: 2 ** 31 }),
  make('mask', { shape: [2, 4, 2, 61, 75, 32], mask: (_s, _t, random) => random.uniform() < 0.5 }),
  make('mask with rows that see nothing', {
    shape: [1, 2, 2, 45, 70, 32],
    mask: (s, t) => s % 3 !== 0 && t > s,
  }),
  make('mask of whole tiles', {
    shape: [1, 2, 1, 70, 210, 32],
    mask: (s, t) => t === 3 * s || t > 200,
    causal: true,
  }),
  make('mask and window', { shape: [1, 2, 2, 66, 67, 64], window: 9, mask: (s, t) => (s + t) % 3 > 0 }),
  make('logits of ±1e4', {
    shape: [1, 2, 2, 60, 90, 64],
    plant: scaled(100),
    ...logitBound(5e4),
  }),
  make('logits near −5e4, causal', {
    shape: [1, 2, 2, 50, 80, 64],
    causal: true,
    plant: shifted(64, 1000, -400),
    ...logitBound(5e4),
  }),
  make('logits near +5e4, window', {
    shape: [1, 2, 1, 50, 80, 64],
    window: 8,
    plant: shifted(64, 1000, 400),
    ...logitBound(5e4),
  }),
  make('outliers come late', {
    shape: [1, 2, 2, 40, 200, 32],
    plant: (q, k, v, random) => {
      for (let i = 0; i < 12; i++) k[random.int(k.length >> 1, k.length - 1)] = 60;
      for (let i = 0; i < 6; i++) v[random.int(0, v.length - 1)] = 1000;
      q[5] = 30;
    },
    ...logitBound(320),
  }),
  make('equal scores', { shape: [1, 2, 2, 33, 120, 32], plant: (q) => q.fill(0.25), scale: 0 }),
  make('all ones', { shape: [1, 1, 1, 20, 97, 16], plant: (q, k) => (q.fill(1), k.fill(1)) }),
  make('negative scale', { shape: [1, 2, 2, 40, 70, 32], scale: -0.3, causal: true }),
  make('subnormal keys and values', {
    shape: [1, 1, 1, 20, 30, 16],
    plant: (_q, k, v) => {
      k.forEach((x, i) => (k[i] = x * 1e-39));
      v.forEach((x, i) => (v[i] = i % 2 === 0 ? x : x * 1e-40));
    },
  }),
  make('more than 65535 workgroups', { shape: [1, 66000, 66000, 1, 2, 16] }),
  make('plain', { shape: [1, 4, 2, 70, 90, 64], dtype: 'f16' }),
  make('causal', { shape: [2, 2, 1, 95, 131, 80], dtype: 'f16', causal: true }),
  make('D=20, window', { shape: [1, 3, 3, 51, 49, 20], dtype: 'f16', causal: true, window: 11 }),
  make('D=256', { shape: [1, 1, 1, 17, 60, 256], dtype: 'f16' }),
  make('one query', { shape: [1, 4, 1, 1, 300, 128], dtype: 'f16', causal: true }),
  make('mask', {
    shape: [1, 2, 2, 39, 53, 32],
    dtype: 'f16',
    mask: (s, t) => s % 5 > 0 && (s * t) % 3 !== 1,
  }),
  make('logits of ±1e4', {
    shape: [1, 2, 2, 40, 60, 64],
    dtype: 'f16',
    plant: scaled(100),
    ...logitBound(5e4),
  }),
  make('subnormal halves', {
    shape: [1, 1, 1, 30, 40, 32],
    dtype: 'f16',
    plant: (_q, k) => k.forEach((x, i) => (k[i] = x * 3e-6)),
  }),
];

function randomCase(random: Random): Case<AttentionAttrs> {
  const Hkv = random.pick([1, 1, 2, 3]);
  const S = random.pick([1, 2, random.int(3, 40), random.int(3, 150)]);
  const T = random.pick([S, 1, random.int(2, 40), random.int(3, 300)]);
  const chance = (p: number) => random.uniform() < p;
  return make('random', {
    shape: [
      random.int(1, 2),
      Hkv * random.int(1, 4),
      Hkv,
      S,
      T,
      random.pick([16, 20, 32, 64, 64, 80, 128, 256]),
    ],
    dtype: random.pick(['f32', 'f32', 'f16']),
    causal: chance(0.5),
    window: chance(0.3) ? random.int(1, Math.max(S, T) + 1) : null,
    scale: chance(0.2) ? random.normal() * 0.2 : null,
    ...(chance(0.3) && { mask: (_s: number, t: number, r: Random) => r.uniform() < (t % 7) / 6 }),
  });
}

const timing = [512, 1024, 2048].flatMap((n) =>
  [false, true].map((causal) => make(causal ? 'causal' : 'full', { shape: [1, 8, 8, n, n, 64], causal })),
);

export const cases: Cases<AttentionAttrs> = { cases: hostile, random: randomCase, timing };

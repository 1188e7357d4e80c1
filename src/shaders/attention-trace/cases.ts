/** Walks with skipped tiles, ragged ends, rows that see nothing. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { TraceAttrs } from './kernel';

interface Setup extends Partial<TraceAttrs> {
  /** B, H, Hkv, S, T, D. */
  readonly shape: readonly [number, number, number, number, number, number];
  readonly dtype?: 'f32' | 'f16';
  readonly mask?: boolean;
  readonly gain?: number;
}

const usual = { causal: false, scale: null, window: null, 'tile-q': 16, 'tile-k': 16, row: 0 };

function make(name: string, { shape, dtype = 'f32', mask, gain = 1, ...attrs }: Setup): Case<TraceAttrs> {
  const [B, H, Hkv, S, T, D] = shape;
  return {
    name: `${name} [${shape.join(' ')}]${dtype === 'f16' ? ' f16' : ''}`,
    attrs: { ...usual, ...attrs },
    inputs: (random: Random) => ({
      q: tensor(dtype, [B, H, S, D], random.normals(B * H * S * D, gain)),
      k: tensor(dtype, [B, Hkv, T, D], random.normals(B * Hkv * T * D)),
      v: tensor(dtype, [B, Hkv, T, D], random.normals(B * Hkv * T * D)),
      ...(mask && {
        mask: tensor(
          'u8',
          [S, T],
          Float32Array.from({ length: S * T }, () => random.int(0, 1)),
        ),
      }),
    }),
    // Sums are f32 either way: only o is rounded to its storage.
    tolerance: { o: dtype === 'f16' ? 1e-3 : 1e-5, lse: 1e-5, trace: 1e-5 * gain },
    why: 'logits, and with them p, carry an error that grows with their size',
  };
}

export const cases: Cases<TraceAttrs> = {
  cases: [
    make('one pair', { shape: [1, 1, 1, 1, 1, 16] }),
    make('whole tiles', { shape: [1, 1, 1, 64, 64, 32], row: 40 }),
    make('ragged', { shape: [1, 2, 1, 37, 53, 20], row: 37 + 36 }),
    make('causal', { shape: [1, 1, 1, 100, 100, 16], causal: true, row: 33, 'tile-q': 32 }),
    make('causal, window', { shape: [1, 1, 1, 130, 130, 16], causal: true, window: 20, row: 99 }),
    make('window on both sides', { shape: [1, 1, 1, 80, 90, 16], window: 7, row: 41, 'tile-k': 32 }),
    make('a row that sees nothing', { shape: [1, 1, 1, 60, 20, 16], causal: true, row: 5 }),
    make('mask', { shape: [1, 1, 1, 40, 70, 16], mask: true, row: 11 }),
    make('grouped heads, batch', {
      shape: [2, 4, 2, 33, 33, 16],
      row: 6 * 33 + 20,
      'tile-q': 8,
      'tile-k': 24,
    }),
    make('tiles of 128', { shape: [1, 1, 1, 150, 300, 64], 'tile-q': 128, 'tile-k': 128, row: 149 }),
    make('D=256', { shape: [1, 1, 1, 20, 50, 256], 'tile-k': 64, row: 3 }),
    make('large logits', { shape: [1, 1, 1, 40, 90, 32], gain: 30, row: 21 }),
    make('halves', { shape: [1, 2, 1, 50, 50, 64], dtype: 'f16', causal: true, row: 77 }),
  ],
  random: (random) => {
    const [S, T] = [random.int(1, 90), random.int(1, 90)];
    const [Hkv, group] = [random.int(1, 2), random.int(1, 2)];
    return make('random', {
      shape: [1, Hkv * group, Hkv, S, T, 16],
      causal: random.uniform() < 0.5,
      window: random.pick([null, random.int(1, 50)]),
      row: random.int(0, Hkv * group * S - 1),
      'tile-q': random.pick([8, 16, 32]),
      'tile-k': random.pick([8, 16, 32]),
    });
  },
  timing: [make('a page', { shape: [1, 1, 1, 512, 512, 64], 'tile-q': 64, 'tile-k': 64, row: 100 })],
};

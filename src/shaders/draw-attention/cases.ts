/** Pictures whose pixels fall inside cells, never on their borders, where f32 and f64 may choose differently. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { DrawAttrs } from './kernel';

interface Setup extends Partial<DrawAttrs> {
  /** B, H, Hkv, S, T, D. */
  readonly shape: readonly [number, number, number, number, number, number];
  readonly dtype?: 'f32' | 'f16';
  readonly mask?: boolean;
}

const whole = { x: 0.5, y: 0.5, zoom: 1, head: 0, dark: false, causal: false, scale: null, window: null };

function make(name: string, { shape, dtype = 'f32', mask, ...attrs }: Setup): Case<DrawAttrs> {
  const [B, H, Hkv, S, T, D] = shape;
  return {
    name: `${name} [${shape.join(' ')}]${dtype === 'f16' ? ' f16' : ''}`,
    attrs: { ...whole, width: T, height: S, ...attrs },
    inputs: (random: Random) => ({
      q: tensor(dtype, [B, H, S, D], random.normals(B * H * S * D)),
      k: tensor(dtype, [B, Hkv, T, D], random.normals(B * Hkv * T * D)),
      // What it would be for standard normals, and a little beside it: some entries then exceed the colours.
      lse: tensor(
        'f32',
        [B, H, S],
        random.normals(B * H * S).map((z) => Math.log(T) + 0.5 + 2 * z),
      ),
      ...(mask && {
        mask: tensor(
          'u8',
          [S, T],
          Float32Array.from({ length: S * T }, () => random.int(0, 1)),
        ),
      }),
    }),
    tolerance: 1e-4,
    why: 'a channel may round the other way: one step of blue is 2¹⁶ of a pixel’s 2³²',
  };
}

export const cases: Cases<DrawAttrs> = {
  cases: [
    make('one pair', { shape: [1, 1, 1, 1, 1, 16] }),
    make('one pixel a pair', { shape: [1, 1, 1, 37, 53, 20] }),
    make('three pixels a pair', { shape: [1, 1, 1, 19, 31, 64], width: 93, height: 57 }),
    make('every third pair', { shape: [1, 1, 1, 33, 63, 32], width: 21, height: 11 }),
    make('near, dark', {
      shape: [1, 1, 1, 64, 64, 32],
      x: 0.75,
      y: 0.25,
      zoom: 4,
      width: 48,
      height: 48,
      dark: true,
    }),
    make('causal, window', { shape: [1, 1, 1, 40, 40, 16], causal: true, window: 9 }),
    make('causal, more queries', { shape: [1, 1, 1, 50, 20, 16], causal: true }),
    make('another head, grouped', { shape: [2, 4, 2, 24, 24, 16], head: 6 }),
    make('mask', { shape: [1, 2, 1, 21, 35, 16], head: 1, mask: true }),
    make('halves', { shape: [1, 2, 2, 30, 40, 64], dtype: 'f16', head: 1 }),
    make('more than 65535 workgroups', { shape: [1, 1, 1, 8, 8, 16], width: 2056, height: 2048 }),
  ],
  random: (random) => {
    const [S, T] = [random.int(1, 60), random.int(1, 60)];
    const [Hkv, group] = [random.int(1, 3), random.int(1, 3)];
    return make('random', {
      shape: [random.int(1, 2), Hkv * group, Hkv, S, T, 4 * random.int(4, 32)],
      head: random.int(0, Hkv * group - 1),
      causal: random.uniform() < 0.5,
      window: random.pick([null, random.int(1, 40)]),
      dark: random.uniform() < 0.5,
      width: T * random.pick([1, 3]),
      height: S * random.pick([1, 3]),
    });
  },
  timing: [make('a screen', { shape: [1, 1, 1, 1024, 1024, 64] })],
};

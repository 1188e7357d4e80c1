/** Cameras over small patterns; steps are powers of 2, so that f32 and float64 look at the same cells. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import { reference as forward } from '../attention/reference';
import type { DrawAttrs } from './paint';

interface View extends Partial<DrawAttrs> {
  readonly B?: number;
  readonly H?: number;
  readonly Hkv?: number;
  readonly S: number;
  readonly T?: number;
  readonly D?: number;
  readonly dtype?: 'f32' | 'f16';
  readonly hidden?: number;
}

function make(name: string, view: View): Case<DrawAttrs> {
  const { B = 1, H = 1, Hkv = H, S, T = S, D = 16, dtype = 'f32', hidden, ...given } = view;
  const attrs: DrawAttrs = {
    ...{ causal: false, scale: null, window: null, batch: 0, head: 0, x0: 0, y0: 0, zoom: 1 },
    ...{ width: 40, height: 40, dark: false, gamma: 0.5 },
    ...given,
  };
  return {
    name,
    attrs,
    inputs(random) {
      const q = tensor(dtype, [B, H, S, D], random.normals(B * H * S * D));
      const k = tensor(dtype, [B, Hkv, T, D], random.normals(B * Hkv * T * D));
      const masks: Record<string, HostTensor> = {};
      if (hidden !== undefined) {
        const seen = Uint8Array.from({ length: S * T }, () => (random.uniform() < hidden ? 0 : 1));
        masks.mask = { dtype: 'u8', shape: [S, T], data: seen };
      }
      const rows = Array.from({ length: B * H * S }, (_, row) => row);
      const { causal, scale, window } = attrs;
      const { lse } = forward({ q, k, v: k, ...masks }, { causal, scale, window }, rows);
      return { q, k, ...masks, lse: tensor('f32', [B, H, S], lse!) };
    },
    tolerance: 2e-5,
    why: 'one step of the blue byte, 2^16, beside an opaque pixel, 255·2^24, is 1.5e-5',
  };
}

export const cases: Cases<DrawAttrs> = {
  cases: [
    make('one pixel', { S: 1, width: 1, height: 1 }),
    make('cell for pixel', { S: 40, D: 32 }),
    make('enlarged, off the edge', { S: 9, T: 13, zoom: 8, x0: -1.5, y0: -0.25, width: 131, height: 77 }),
    make('reduced by two', { S: 80, T: 70, zoom: 0.5 }),
    make('reduced by sixteen', { S: 600, T: 500, zoom: 0.0625, causal: true, dark: true }),
    make('causal window of a head of many', {
      B: 2,
      H: 4,
      Hkv: 2,
      S: 40,
      batch: 1,
      head: 3,
      causal: true,
      window: 9,
    }),
    make('mask, dark', { S: 33, T: 29, hidden: 0.5, dark: true, gamma: 1 }),
    make('nothing is seen', { S: 20, hidden: 1 }),
    make('causal, more queries than keys', { S: 40, T: 12, causal: true }),
    make('f16', { S: 40, dtype: 'f16', D: 20 }),
  ],
  random(random: Random) {
    const S = random.int(1, 90);
    const view: View = {
      S,
      T: random.int(1, 90),
      D: 4 * random.int(4, 20),
      zoom: 2 ** random.int(-4, 4),
      x0: random.int(-16, 64) / 4,
      y0: random.int(-16, 64) / 4,
      causal: random.pick([true, false]),
      window: random.pick([null, random.int(1, 60)]),
      dark: random.pick([true, false]),
      dtype: random.pick(['f32', 'f16']),
    };
    return make(JSON.stringify(view), view);
  },
  timing: [
    make('1024 pixels square, reduced by four', { S: 4096, D: 64, zoom: 0.25, width: 1024, height: 1024 }),
  ],
};

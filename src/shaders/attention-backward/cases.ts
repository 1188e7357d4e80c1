/** What the backward pass is checked on: o and lse come from the float64 forward reference of the same inputs. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { AttentionAttrs } from '../attention/dims';
import { reference as forward } from '../attention/reference';

interface Shape extends Partial<AttentionAttrs> {
  readonly B?: number;
  readonly H?: number;
  readonly Hkv?: number;
  readonly S: number;
  readonly T?: number;
  readonly D?: number;
  readonly dtype?: 'f32' | 'f16';
  /** Share of pairs that a mask hides; `deadRows` hides every third row whole. */
  readonly hidden?: number;
  readonly deadRows?: boolean;
  /** Standard deviation of q and k. */
  readonly spread?: number;
  /** T = 2·S: key 2·s is query s, and key 2·s + 1 differs from it at a right angle, so that query s looks at both. */
  readonly ties?: boolean;
  /** lse of rows that saw nothing becomes −Infinity, as other frameworks have it. */
  readonly infinite?: boolean;
}

const attrsOf = ({ causal = false, scale = null, window = null }: Shape): AttentionAttrs => ({
  causal,
  scale,
  window,
});

function inputsOf(shape: Shape, random: Random): HostTensors {
  const { B = 1, H = 1, Hkv = H, S, T = S, D = 16, dtype = 'f32', spread = 1 } = shape;
  const normal = (sizes: readonly number[], scale = 1): HostTensor =>
    tensor(
      dtype,
      sizes,
      random.normals(
        sizes.reduce((a, b) => a * b, 1),
        scale,
      ),
    );
  const given: Record<string, HostTensor> = {
    q: normal([B, H, S, D], spread),
    k: normal([B, Hkv, T, D], spread),
    v: normal([B, Hkv, T, D]),
  };
  if (shape.ties) tie(given.q!.data, given.k!.data, D);
  if (shape.hidden !== undefined || shape.deadRows) {
    const seen = Uint8Array.from({ length: S * T }, (_, i) =>
      shape.deadRows && Math.floor(i / T) % 3 === 1 ? 0 : random.uniform() < (shape.hidden ?? 0) ? 0 : 1,
    );
    given.mask = { dtype: 'u8', shape: [S, T], data: seen };
  }
  const rows = Array.from({ length: B * H * S }, (_, row) => row);
  const { o, lse } = forward(given, attrsOf(shape), rows) as { o: Float64Array; lse: Float64Array };
  if (shape.infinite) lse.forEach((value, i) => (lse[i] = value < -1e38 ? -Infinity : value));
  return {
    ...given,
    o: tensor(dtype, [B, H, S, D], o),
    lse: tensor('f32', [B, H, S], lse),
    do: normal([B, H, S, D]),
  };
}

/** Each pair of keys from its query, of one head: the second one loses what it has of the query's direction. */
function tie(q: HostTensor['data'], k: HostTensor['data'], D: number) {
  for (let s = 0; s < q.length / D; s++) {
    const query = Array.from({ length: D }, (_, c) => Number(q[s * D + c]));
    const other = query.map((_, c) => Number(k[(2 * s + 1) * D + c]));
    const share =
      query.reduce((sum, x, c) => sum + x * other[c]!, 0) / query.reduce((sum, x) => sum + x * x, 0);
    query.forEach((x, c) => {
      k[2 * s * D + c] = x;
      k[(2 * s + 1) * D + c] = x + other[c]! - share * x;
    });
  }
}

const make = (
  name: string,
  shape: Shape,
  more: Partial<Case<AttentionAttrs>> = {},
): Case<AttentionAttrs> => ({
  name,
  attrs: attrsOf(shape),
  inputs: (random) => inputsOf(shape, random),
  ...more,
});

/** p = exp(scale·q·k − lse) carries c·ε·max|logit|, and nothing averages it out where one key takes all. */
const largeLogits = (logit: number): Partial<Case<AttentionAttrs>> => ({
  tolerance: 8 * 2 ** -24 * logit,
  why: `8·ε·max|logit| with |logit| up to ${logit}`,
});

export const cases: Cases<AttentionAttrs> = {
  cases: [
    make('one pair', { S: 1 }),
    make('one query, many keys', { S: 1, T: 77, D: 32 }),
    make('many queries, one key', { S: 77, T: 1, D: 32 }),
    make('odd sizes', { S: 37, T: 53, D: 20 }),
    make('tiles fit', { B: 1, H: 2, S: 128, D: 64 }),
    make('tiles do not fit', { B: 2, H: 2, S: 65, T: 67, D: 64 }),
    make('head size 16', { S: 40, D: 16 }),
    make('head size 72', { S: 40, D: 72 }),
    make('head size 128', { S: 70, D: 128 }),
    make('head size 256', { S: 70, T: 66, D: 256 }),
    make('grouped heads', { B: 2, H: 6, Hkv: 2, S: 33, T: 45, D: 32 }),
    make('one key head for all', { H: 8, Hkv: 1, S: 19, T: 70, D: 64, causal: true }),
    make('causal', { H: 2, S: 130, D: 32, causal: true }),
    make('causal, fewer queries', { S: 33, T: 100, D: 32, causal: true }),
    make('causal, more queries: the first see nothing', { S: 100, T: 33, D: 32, causal: true }),
    make('the same with -Infinity', { S: 100, T: 33, D: 32, causal: true, infinite: true }),
    make('window', { S: 100, D: 32, window: 7 }),
    make('window of one', { S: 50, D: 16, window: 1 }),
    make('causal window', { S: 150, D: 32, causal: true, window: 33 }),
    make('causal window, more queries', { S: 90, T: 40, D: 16, causal: true, window: 20 }),
    make('mask', { H: 2, S: 47, T: 61, D: 32, hidden: 0.5 }),
    make('mask with rows that see nothing', {
      H: 2,
      Hkv: 1,
      S: 40,
      T: 35,
      D: 32,
      hidden: 0.3,
      deadRows: true,
    }),
    make('mask, causal, window', {
      H: 2,
      S: 80,
      T: 90,
      D: 32,
      hidden: 0.4,
      deadRows: true,
      causal: true,
      window: 30,
      infinite: true,
    }),
    make('nothing is seen at all', { S: 12, T: 9, hidden: 1 }),
    make('scale', { S: 40, D: 32, scale: 0.5 }),
    make('scale zero', { S: 20, scale: 0 }),
    make('negative scale', { S: 30, D: 16, scale: -0.3 }),
    make('large logits', { S: 64, D: 64, spread: 6 }, largeLogits(200)),
    // Without ties every row would look at one key alone: then dq is zero but for rounding.
    make('very large logits', { S: 48, T: 96, D: 64, spread: 24, ties: true }, largeLogits(6000)),
    make('f16', { B: 1, H: 2, Hkv: 1, S: 70, T: 50, D: 64, dtype: 'f16', causal: true }),
    make('f16, head size 20', { S: 33, T: 35, D: 20, dtype: 'f16', hidden: 0.3, deadRows: true }),
    make('more than 65535 planes', { B: 65_600, S: 1, T: 2 }),
    make('more than 65535 workgroups of scores', { S: 2048, T: 2056, causal: true, window: 100 }),
  ],
  random(random) {
    const Hkv = random.int(1, 3);
    const S = random.int(1, 80);
    const shape: Shape = {
      B: random.int(1, 2),
      H: Hkv * random.int(1, 3),
      Hkv,
      S,
      T: random.pick([S, random.int(1, 80)]),
      D: 4 * random.pick([random.int(4, 16), random.int(4, 64)]),
      causal: random.pick([true, false]),
      window: random.pick([null, null, random.int(1, 90)]),
      scale: random.pick([null, null, 0.1]),
      dtype: random.pick(['f32', 'f32', 'f16']),
      ...random.pick([{}, { hidden: 0.4 }, { hidden: 0.2, deadRows: true, infinite: true }]),
    };
    return make(JSON.stringify(shape), shape);
  },
  timing: [
    make('N=256, D=64', { S: 256, D: 64 }),
    make('N=1024, D=64', { S: 1024, D: 64 }),
    make('N=1024, D=64, causal', { S: 1024, D: 64, causal: true }),
    make('N=1024, D=64, f16', { S: 1024, D: 64, dtype: 'f16' }),
    make('N=512, D=128, H=4', { H: 4, S: 512, D: 128 }),
  ],
};

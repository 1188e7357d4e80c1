/** The reference's gradients against central differences of the forward reference, both in float64. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { AttentionAttrs } from '../attention/dims';
import { reference as forward } from '../attention/reference';
import { reference } from './reference';

const [B, H, Hkv, S, T, D] = [1, 4, 2, 5, 4, 16];
/** Exact in f32 together with values that are multiples of 1/64. */
const STEP = 2 ** -10;

const sizes = { q: [B, H, S, D], k: [B, Hkv, T, D], v: [B, Hkv, T, D] } as const;
const seen = Uint8Array.from({ length: S * T }, (_, i) => (i % 7 === 3 ? 0 : 1));

test.each<AttentionAttrs>([
  { causal: true, scale: null, window: null },
  { causal: false, scale: 0.4, window: 2 },
])('gradients are slopes: %o', (attrs) => {
  const random = new Random(3);
  const draw = (shape: readonly number[]): HostTensor =>
    tensor(
      'f32',
      shape,
      random.normals(shape.reduce((a, b) => a * b, 1)).map((x) => Math.round(64 * x) / 64),
    );
  const mask: HostTensor = { dtype: 'u8', shape: [S, T], data: seen };
  const given = { q: draw(sizes.q), k: draw(sizes.k), v: draw(sizes.v), mask };
  const dO = draw(sizes.q);
  const rows = Array.from({ length: B * H * S }, (_, row) => row);
  const run = (inputs: Readonly<Record<string, HostTensor>>) =>
    forward(inputs, attrs, rows) as { o: Float64Array; lse: Float64Array };
  const loss = (inputs: Readonly<Record<string, HostTensor>>) =>
    run(inputs).o.reduce((sum, x, i) => sum + x * dO.data[i]!, 0);
  const { o, lse } = run(given);
  // The reference reads o and lse as f32, so it is exact to about 1e-7 alone.
  const gradients = reference(
    { ...given, o: tensor('f32', sizes.q, o), lse: tensor('f32', [B, H, S], lse), do: dO },
    attrs,
    Array.from({ length: B * Hkv }, (_, row) => row),
  );
  for (const name of ['q', 'k', 'v'] as const) {
    const { shape, data } = given[name];
    for (let i = 0; i < data.length; i += 3) {
      const moved = (by: number) => {
        const values = Float32Array.from(data);
        values[i]! += by;
        return loss({ ...given, [name]: tensor('f32', shape, values) });
      };
      const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      expect(Math.abs(gradients[`d${name}`]![i]! - slope)).toBeLessThan(2e-5);
    }
  }
});

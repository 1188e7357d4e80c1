/** Rows of the pattern sum to 1, rebuild o, and are 0 where a query may not look. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { tensor, toFloat64 } from '@/lib/tensor';
import { reference } from '@/shaders/attention/reference';
import { Probabilities } from './probability';

test.each([
  { causal: false, window: null },
  { causal: true, window: null },
  { causal: true, window: 3 },
])('$causal $window', (restriction) => {
  const [B, H, Hkv, S, T, D] = [2, 4, 2, 5, 7, 16];
  const random = new Random(1);
  const inputs = {
    q: tensor('f32', [B, H, S, D], random.normals(B * H * S * D)),
    k: tensor('f32', [B, Hkv, T, D], random.normals(B * Hkv * T * D)),
    v: tensor('f32', [B, Hkv, T, D], random.normals(B * Hkv * T * D)),
  };
  const attrs = { ...restriction, scale: null };
  const rows = Array.from({ length: B * H * S }, (_, i) => i);
  const { o, lse } = reference(inputs, attrs, rows);
  const p = new Probabilities(inputs, attrs, tensor('f32', [B, H, S], lse!));
  const v = toFloat64(inputs.v);
  for (const row of rows) {
    const [head, s] = [Math.floor(row / S), row % S];
    const weights = p.row(head, s);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    if (attrs.causal) for (let t = s + T - S + 1; t < T; t++) expect(weights[t]).toBe(0);
    const plane = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T * D;
    for (let c = 0; c < D; c++) {
      const sum = weights.reduce((a, w, t) => a + w * v[plane + t * D + c]!, 0);
      expect(sum).toBeCloseTo(o![row * D + c]!, 5);
    }
  }
});

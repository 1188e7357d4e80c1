/** The library computes the same attention, or its time would compare nothing. */
import { expect, test } from 'vitest';
import { compare } from '@/lib/compare';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { reference } from './reference';
import { wasm } from './wasm';

test.each([
  { causal: false, scale: null, window: null },
  { causal: true, scale: null, window: 5 },
])('attention by the WASM library, %j', async (attrs) => {
  const random = new Random(4);
  const q = tensor('f32', [1, 4, 9, 16], random.normals(4 * 9 * 16));
  const k = tensor('f32', [1, 2, 11, 16], random.normals(2 * 11 * 16));
  const v = tensor('f32', [1, 2, 11, 16], random.normals(2 * 11 * 16));
  const rows = Array.from({ length: 36 }, (_, i) => i);
  const widened = Object.fromEntries(
    Object.entries({ q, k, v }).map(([name, t]) => [
      name,
      { shape: t.shape, data: valuesOf(t) as Float32Array },
    ]),
  );
  const run = await wasm.prepare(widened, attrs);
  const { o } = await run();
  expect(compare(o ?? [], reference({ q, k, v }, attrs, rows).o ?? []).relError).toBeLessThan(1e-5);
});

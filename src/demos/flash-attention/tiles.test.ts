/** A tile is visited if and only if one of its pairs may be seen. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { dims, keyRange } from '@/shaders/attention/dims';
import { tileRange } from './tiles';

test('visited tiles hold a visible pair, skipped ones none', () => {
  const random = new Random(2);
  for (let i = 0; i < 500; i++) {
    const [S, T] = [random.int(1, 30), random.int(1, 30)];
    const of = (n: number) => ({ dtype: 'f32' as const, shape: [1, 1, n, 16] });
    const attrs = {
      causal: random.uniform() < 0.5,
      scale: null,
      window: random.pick([null, random.int(1, 12)]),
    };
    const d = dims({ inputs: { q: of(S), k: of(T), v: of(T) }, attrs });
    const tiling = { tileQ: random.int(1, 6), tileK: random.int(1, 6) };
    for (let tile = 0; tile * tiling.tileQ < S; tile++) {
      const visited = new Set<number>();
      for (let s = tile * tiling.tileQ; s < Math.min(S, (tile + 1) * tiling.tileQ); s++) {
        const [first, last] = keyRange(d, s);
        for (let t = first; t < last; t++) visited.add(Math.floor(t / tiling.tileK));
      }
      const [first, last] = tileRange(d, tiling, tile);
      expect(
        Array.from({ length: last - first }, (_, j) => first + j),
        JSON.stringify({ S, T, ...attrs, ...tiling, tile }),
      ).toEqual([...visited].sort((a, b) => a - b));
    }
  }
});

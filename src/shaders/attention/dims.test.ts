/** The closed form of `visiblePairs` against counting. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { dims, keyRange, visiblePairs } from './dims';

test('as many pairs as the ranges of all queries hold', () => {
  const random = new Random(3);
  for (let i = 0; i < 2000; i++) {
    const [S, T] = [random.int(1, 40), random.int(1, 40)];
    const window = random.pick([null, random.int(1, 50)]);
    const attrs = { causal: random.uniform() < 0.5, scale: null, window };
    const of = (n: number) => ({ dtype: 'f32' as const, shape: [1, 1, n, 16] });
    const d = dims({ inputs: { q: of(S), k: of(T), v: of(T) }, attrs });
    let pairs = 0;
    for (let s = 0; s < S; s++) {
      const [first, last] = keyRange(d, s);
      pairs += last - first;
    }
    expect(visiblePairs(d), JSON.stringify({ S, T, ...attrs })).toBe(pairs);
  }
});

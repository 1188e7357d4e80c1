import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';

const make = (n: number): Case<NoAttrs> => ({
  name: `n=${n}`,
  attrs: {},
  inputs: (random) => ({ x: tensor('f32', [n], random.normals(n)) }),
  tolerance: 0,
  why: 'a copy is exact',
});

export const cases: Cases<NoAttrs> = {
  cases: [make(1), make(3), make(1023), make(1025), make((65536 * 64 + 1) * 4)],
  random: (random) => make(random.int(1, 100_000)),
  timing: [make(1 << 24)],
};

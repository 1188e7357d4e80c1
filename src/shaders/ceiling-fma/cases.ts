import type { Case, Cases } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import type { FmaAttrs } from './kernel';

const make = (n: number, iterations: number): Case<FmaAttrs> => ({
  name: `n=${n} iterations=${iterations}`,
  attrs: { iterations },
  inputs: (random) => ({ x: tensor('f32', [n], random.normals(n)) }),
});

export const cases: Cases<FmaAttrs> = {
  cases: [make(1, 1), make(1, 24), make(63, 2), make(65, 7), make(4097, 3), make(65536 * 64 + 1, 1)],
  random: (random) => make(random.int(1, 5000), random.int(1, 40)),
  timing: [make(1 << 16, 1024)],
};

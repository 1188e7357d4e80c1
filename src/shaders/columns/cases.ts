/** Rows that grow, shrink and stay, a column set within the old ones and beyond them; a copy is exact. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { ColumnsAttrs } from './kernel';

const make = (
  name: string,
  [rows, from]: readonly [number, number],
  to: number,
  slot: number | null = null,
): Case<ColumnsAttrs> => ({
  name: `${name} [${rows} ${from}] to ${to}${slot === null ? '' : `, column ${slot} set`}`,
  attrs: { to, slot, value: -1.7 },
  tolerance: 0,
  why: 'a copy is exact',
  inputs: (random) => ({ x: tensor('f32', [rows, from], random.normals(rows * from)) }),
});

export const cases: Cases<ColumnsAttrs> = {
  cases: [
    make('one number', [1, 1], 1),
    make('one number, set', [1, 1], 1, 0),
    make('points to queries', [1001, 2], 16, 2),
    make('back to points', [1001, 16], 2),
    make('images to queries', [7, 256], 260, 256),
    make('a column within', [33, 5], 5, 3),
    make('odd sizes', [13, 7], 3, 0),
    make('more than 65535 workgroups', [65536 * 16, 2], 17, 16),
  ],
  random(random: Random) {
    const to = random.int(1, 20);
    const slot = random.pick([null, random.int(0, to - 1)]);
    return make('random', [random.int(1, 60), random.int(1, 20)], to, slot);
  },
  timing: [make('points to queries', [131072, 2], 16, 2), make('images to queries', [1024, 256], 260, 256)],
};

/** Windows that miss points, that are upside down, points on edges, beyond all integers, and all in one cell. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { WindowAttrs } from '@/shaders/lib/window';

interface Setup extends Partial<WindowAttrs> {
  readonly n: number;
  readonly spread?: number;
  /** Points lie on multiples of this. */
  readonly grid?: number;
  readonly planted?: readonly number[];
}

function make(name: string, { n, spread = 1.5, grid, planted = [], ...given }: Setup): Case<WindowAttrs> {
  const attrs = { left: -4, top: 4, right: 4, bottom: -4, width: 32, height: 24, ...given };
  return {
    name: `${name} [${n} 2] in ${attrs.width} × ${attrs.height}`,
    attrs,
    inputs(random) {
      const x = random.normals(2 * n, spread);
      if (grid !== undefined) x.forEach((value, i) => (x[i] = Math.round(value / grid) * grid));
      x.set(planted);
      return { x: tensor('f32', [n, 2], x) };
    },
    tolerance: 0,
    why: 'cells are chosen by one subtraction and one product, which WGSL rounds as IEEE 754 has it',
  };
}

export const cases: Cases<WindowAttrs> = {
  cases: [
    make('one point', { n: 1, planted: [0.1, 0.2] }),
    make('odd', { n: 10_007 }),
    make('on the edges of cells', { n: 5000, grid: 0.25 }),
    make('y downwards', { n: 3001, top: -3, bottom: 5, left: 2, right: -2.5 }),
    make('all outside', { n: 500, left: 100, right: 101 }),
    make('far outside', { n: 300, planted: [3e38, 0, 0, -3e38, 1e10, -1e10, -4, 4, 4, -4] }),
    make('all in one', { n: 20_000, width: 1, height: 1, left: -100, right: 100, top: 100, bottom: -100 }),
    make('one axis alone', { n: 4000, width: 300, height: 1, top: -1e6, bottom: 1e6 }),
    make('more than 65535 workgroups', { n: 65536 * 64 + 9 }),
  ],
  random: (random: Random) =>
    make('random', {
      ...{ n: random.int(1, 3000), width: random.int(1, 70), height: random.int(1, 70) },
      ...{ left: random.normal(), right: 3 + random.normal(), top: 3, bottom: random.normal() },
      spread: random.pick([0.1, 1, 10]),
    }),
  timing: [make('particles', { n: 131072, width: 128, height: 128 })],
};

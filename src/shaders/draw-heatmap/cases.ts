/** Windows over small matrices; steps are powers of 2, so that f32 and float64 look at the same cells. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { NO_NUMBER, type HeatmapAttrs } from './paint';

interface View extends Partial<HeatmapAttrs> {
  readonly rows: number;
  readonly columns: number;
  readonly dtype?: 'f32' | 'f16';
  /** Shares of the cells that are no number, and that are zero. */
  readonly missing?: number;
  readonly zero?: number;
}

function make(name: string, view: View): Case<HeatmapAttrs> {
  const { rows, columns, dtype = 'f32', missing = 0, zero = 0, ...given } = view;
  const frame = { x0: 0, y0: 0, across: 1, down: 1, width: 40, height: 40, dark: false } as const;
  const attrs: HeatmapAttrs = { ...frame, log: false, low: -3, high: 3, ...given };
  return {
    name,
    attrs,
    inputs(random) {
      const values = Float32Array.from({ length: rows * columns }, () => {
        const [chance, z] = [random.uniform(), random.normal()];
        if (chance < missing) return NO_NUMBER;
        return chance < missing + zero ? 0 : attrs.log ? 2 ** (4 * z - 8) : z;
      });
      return { x: tensor(dtype, [rows, columns], values) };
    },
    tolerance: 2e-5,
    why: 'one step of the blue byte, 2^16, beside an opaque pixel, 255·2^24, is 1.5e-5',
  };
}

const log = { log: true, low: 2 ** -20, high: 2 ** 4 } as const;

export const cases: Cases<HeatmapAttrs> = {
  cases: [
    make('one cell, one pixel', { rows: 1, columns: 1, width: 1, height: 1 }),
    make('cell for pixel', { rows: 40, columns: 40 }),
    make('enlarged, off the edge', {
      ...{ rows: 9, columns: 13, x0: -1.5, y0: -0.25, across: 0.125, down: 0.125, width: 131, height: 77 },
    }),
    make('stretched, log', { rows: 5, columns: 300, across: 8, down: 0.125, ...log }),
    make('reduced by two and by four, dark', { rows: 160, columns: 80, across: 2, down: 4, dark: true }),
    make('more cells than samples', { rows: 640, columns: 640, across: 16, down: 16, ...log }),
    make('no numbers and zeros', { rows: 40, columns: 40, missing: 0.2, zero: 0.2, ...log }),
    make('f16', { rows: 33, columns: 35, dtype: 'f16' }),
  ],
  random(random: Random) {
    const view: View = {
      ...{ rows: random.int(1, 90), columns: random.int(1, 90) },
      ...{ across: 2 ** random.int(-4, 4), down: 2 ** random.int(-4, 4) },
      ...{ x0: random.int(-16, 64) / 4, y0: random.int(-16, 64) / 4, missing: random.pick([0, 0.1]) },
      ...(random.uniform() < 0.5 ? log : {}),
      dark: random.pick([true, false]),
    };
    return make(JSON.stringify(view), view);
  },
  timing: [
    make('1024 pixels square, a cell each', { rows: 1024, columns: 1024, width: 1024, height: 1024, ...log }),
  ],
};

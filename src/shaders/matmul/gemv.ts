/** A few rows times a matrix: reading B is the work. k is split within a workgroup and over workgroups. */
import type { Text } from '@/lib/text';
import type { Variant } from '@/gpu/kernel';
import { dims, type Dims, type MatmulAttrs } from './dims';
import code from './gemv.wgsl?raw';
import { planTiles, tooManySmall, type Tiling } from './tiles';

export const MOST_ROWS = 8;

const variant = (
  title: Text,
  split: (d: Dims) => { readonly QUADS: number; readonly SLICES: number },
  own: Pick<Tiling, 'widened' | 'wanted'>,
): Variant<MatmulAttrs> => ({
  title,
  unsupported(problem) {
    const { M, accumulate } = dims(problem);
    if (M > MOST_ROWS) {
      return { en: `${M} rows; at most ${MOST_ROWS}`, zh: `共 ${M} 行；最多 ${MOST_ROWS} 行` };
    }
    if (accumulate === 'f32') return tooManySmall(dims(problem));
    return {
      en: 'sums in f16 are taken in the order of k, and here k is split',
      zh: 'f16 累加须按 k 的顺序进行，而此变体会拆分 k',
    };
  },
  plan(problem, caps) {
    const d = dims(problem);
    const ROWS = d.M === 1 ? 1 : d.M <= 4 ? 4 : 8;
    return planTiles(problem, caps, {
      file: 'matmul/gemv.wgsl',
      code,
      constants: (_, b) => ({ ROWS, TURNED: b.transposed, ...split(d) }),
      rows: MOST_ROWS,
      columns: 4 * split(d).QUADS,
      upright: 'a',
      ...own,
    });
  },
});

/** Quads of a matrix from which a workgroup of 256 has work. */
const LARGE = 1024;

/** Neighbours in a workgroup read 512 bytes in a row, of small matrices 128. */
export const gemv = variant(
  { en: 'few rows, k split', zh: '少数几行，拆分 k' },
  ({ M, N, K, b }) => {
    if ((N * K) / 16 < LARGE) return b.transposed ? { QUADS: 4, SLICES: 8 } : { QUADS: 8, SLICES: 4 };
    // 16 KiB of workgroup memory hold the sums of 1024 quads.
    const more = M > 4 ? 4 : 8;
    return b.transposed ? { QUADS: more, SLICES: 32 } : { QUADS: 32, SLICES: more };
  },
  { widened: false, wanted: 1024 },
);

export const gemvRegister = variant(
  { en: 'few rows, registers only', zh: '少数几行，仅用寄存器' },
  () => ({ QUADS: 8, SLICES: 1 }),
  { widened: false, wanted: 8 },
);

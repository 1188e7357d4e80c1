/** dw and db by their definition in float64: sums over all pixels of dy. A row is one output channel. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { seen } from '@/shaders/conv2d/reference';
import { dims, type BackwardWeightsAttrs } from './dims';

export const reference: Reference<BackwardWeightsAttrs> = (inputs, attrs, rows) => {
  const { N, C, Cout, cIn, cOut, down, across } = dims(inputs, attrs);
  const x = toFloat64(inputs.x!);
  const dy = toFloat64(inputs.dy!);
  const taps = down.taps * across.taps;
  const dw = new Float64Array(rows.length * cIn * taps);
  const db = new Float64Array(rows.length);
  const columns = Array.from({ length: across.out }, (_, j) => seen(across, j));
  for (let image = 0; image < N; image++)
    for (let i = 0; i < down.out; i++) {
      const lines = seen(down, i);
      for (let j = 0; j < across.out; j++) {
        const at = ((image * down.out + i) * across.out + j) * Cout;
        rows.forEach((o, r) => {
          const d = dy[at + o]!;
          db[r]! += d;
          for (const [ky, iy] of lines)
            for (const [kx, ix] of columns[j]!) {
              const from = ((image * down.size + iy) * across.size + ix) * C + Math.floor(o / cOut) * cIn;
              const to = r * cIn * taps + ky * across.taps + kx;
              for (let c = 0; c < cIn; c++) dw[to + c * taps]! += d * x[from + c]!;
            }
        });
      }
    }
  return { dw, db };
};

/**
 * dx on one CPU core in float32, pixel by pixel: weights are turned so that input channels lie side by side, and four
 * channels of dy are taken at once, so that each sum in cache is touched once for four products.
 */
import type { Baseline } from '@/gpu/kernel';
import { dims, type BackwardInputAttrs } from './dims';
import { reached } from './reference';

export const baseline: Baseline<BackwardInputAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const { C, Cout, groups, cIn, cOut, down, across } = dims(specs, attrs);
  const [dy, w] = [inputs.dy!.data, inputs.w!.data];
  const taps = down.taps * across.taps;
  // [taps, Cout, cIn]
  const turned = new Float32Array(w.length);
  for (let oc = 0; oc < Cout * cIn; oc++)
    for (let tap = 0; tap < taps; tap++) turned[tap * Cout * cIn + oc] = w[oc * taps + tap]!;
  const dx = new Float32Array((end - start) * C);
  for (let pixel = start; pixel < end; pixel++) {
    const line = Math.floor(pixel / across.size);
    const image = Math.floor(line / down.size);
    const columns = reached(across, pixel - line * across.size);
    for (const [ky, y] of reached(down, line - image * down.size))
      for (const [kx, x] of columns) {
        const at = ((image * down.out + y) * across.out + x) * Cout;
        const tap = (ky * across.taps + kx) * Cout * cIn;
        for (let g = 0; g < groups; g++) {
          const to = (pixel - start) * C + g * cIn;
          let o = g * cOut;
          for (; o + 3 < (g + 1) * cOut; o += 4) {
            const [a, b, c, e] = [dy[at + o]!, dy[at + o + 1]!, dy[at + o + 2]!, dy[at + o + 3]!];
            const w0 = tap + o * cIn;
            const [w1, w2, w3] = [w0 + cIn, w0 + 2 * cIn, w0 + 3 * cIn];
            for (let i = 0; i < cIn; i++)
              dx[to + i]! +=
                a * turned[w0 + i]! + b * turned[w1 + i]! + c * turned[w2 + i]! + e * turned[w3 + i]!;
          }
          for (; o < (g + 1) * cOut; o++) {
            const a = dy[at + o]!;
            const w0 = tap + o * cIn;
            for (let i = 0; i < cIn; i++) dx[to + i]! += a * turned[w0 + i]!;
          }
        }
      }
  }
  return { dx };
};

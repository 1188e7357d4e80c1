/** dw and db on one CPU core in float32: along each line of dy, four channels of x at once in registers. */
import type { Baseline } from '@/gpu/kernel';
import { seen } from '@/shaders/conv2d/reference';
import { dims, type BackwardWeightsAttrs } from './dims';

export const baseline: Baseline<BackwardWeightsAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const { N, C, Cout, cIn, cOut, down, across } = dims(specs, attrs);
  const [x, dy] = [inputs.x!.data, inputs.dy!.data];
  const taps = down.taps * across.taps;
  const dw = new Float32Array((end - start) * cIn * taps);
  const db = new Float32Array(end - start);
  // Where the pixels of y lie whose tap kx is inside x.
  const ranges = Array.from({ length: across.taps }, (_, kx) => {
    const off = kx * across.dilation - across.before;
    const first = Math.max(0, Math.ceil(-off / across.stride));
    return {
      off,
      first,
      last: Math.min(across.out, Math.floor((across.size - 1 - off) / across.stride) + 1),
    };
  });
  const step = across.stride * C;
  for (let line = 0; line < N * down.out; line++) {
    const image = Math.floor(line / down.out);
    const rows = seen(down, line % down.out);
    for (let o = start; o < end; o++) {
      const from = line * across.out * Cout + o;
      let sum = 0;
      for (let j = 0; j < across.out; j++) sum += dy[from + j * Cout]!;
      db[o - start]! += sum;
      const channel = Math.floor(o / cOut) * cIn;
      for (const [ky, iy] of rows)
        ranges.forEach(({ off, first, last }, kx) => {
          const at = ((image * down.size + iy) * across.size + off) * C + channel;
          const to = (o - start) * cIn * taps + ky * across.taps + kx;
          for (let c = 0; c < cIn; c += 4) {
            let [s0, s1, s2, s3] = [0, 0, 0, 0];
            for (
              let j = first, a = at + c + first * step, b = from + first * Cout;
              j < last;
              j++, a += step, b += Cout
            ) {
              const d = dy[b]!;
              s0 += d * x[a]!;
              s1 += d * (x[a + 1] ?? 0);
              s2 += d * (x[a + 2] ?? 0);
              s3 += d * (x[a + 3] ?? 0);
            }
            dw[to + c * taps]! += s0;
            if (c + 1 < cIn) dw[to + (c + 1) * taps]! += s1;
            if (c + 2 < cIn) dw[to + (c + 2) * taps]! += s2;
            if (c + 3 < cIn) dw[to + (c + 3) * taps]! += s3;
          }
        });
    }
  }
  return { dw, db };
};

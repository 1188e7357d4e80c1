/** The stage in float64, its noise from the host's generator. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64 } from '@/lib/tensor';
import { normals } from '@/shaders/lib/gauss';
import { combined, entryOf, KIND } from '@/shaders/lib/stages';
import type { UpdateAttrs } from './kernel';

export const reference: Reference<UpdateAttrs> = (inputs, { seed, first }, rows) => {
  const [x, h, a] = [toFloat64(inputs.x!), toFloat64(inputs.h!), toFloat64(inputs.a!)];
  const denoised = toFloat64(inputs.denoised!);
  const {
    s,
    std,
    kind,
    draws,
    rows: coefficients,
  } = entryOf(toFloat64(inputs.table!), first, toFloat64(inputs.control!)[0]!);
  const width = sizeOf(inputs.x!.shape.slice(1));
  const each = Math.ceil(width / 4);
  const out = [x, h, a].map(() => new Float64Array(rows.length * width));
  rows.forEach((particle, r) => {
    for (let c = 0; c < width; c++) {
      const i = particle * width + c;
      const z = draws ? normals(particle * each + Math.floor(c / 4), seed, first)[c % 4]! : 0;
      const score = (s * denoised[i]! - x[i]!) / std ** 2;
      const d = kind === KIND.linear ? 0 : kind === KIND.langevin ? score : denoised[i]!;
      coefficients.forEach((row, j) => {
        out[j]![r * width + c] = combined(row, [x[i]!, h[i]!, a[i]!, d, z]);
      });
    }
  });
  return { x: out[0]!, h: out[1]!, a: out[2]! };
};

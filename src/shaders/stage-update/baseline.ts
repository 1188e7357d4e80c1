/** The stage on one CPU core: one block of random numbers for four elements, and none where the stage draws none. */
import type { Baseline } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { normals } from '@/shaders/lib/gauss';
import { entryOf, KIND } from '@/shaders/lib/stages';
import type { UpdateAttrs } from './kernel';

export const baseline: Baseline<UpdateAttrs> = (inputs, { seed, first }, [start, end]) => {
  const width = sizeOf(inputs.x!.shape.slice(1));
  const each = Math.ceil(width / 4);
  const { s, std, kind, draws, rows } = entryOf(inputs.table!.data, first, inputs.control!.data[0]!);
  const c = Float64Array.from(rows.flat());
  const take = (name: string): Float32Array<ArrayBuffer> =>
    Float32Array.from(inputs[name]!.data.subarray(start * width, end * width));
  const [x, h, a] = [take('x'), take('h'), take('a')];
  const denoised = inputs.denoised!.data.subarray(start * width, end * width);
  let z: readonly number[] = [0, 0, 0, 0];
  for (let particle = start; particle < end; particle++) {
    for (let at = 0; at < width; at++) {
      const i = (particle - start) * width + at;
      if (draws && at % 4 === 0) z = normals(particle * each + at / 4, seed, first);
      const [px, ph, pa, n] = [x[i]!, h[i]!, a[i]!, z[at % 4]!];
      const score = (s * denoised[i]! - px) / (std * std);
      const d = kind === KIND.linear ? 0 : kind === KIND.langevin ? score : denoised[i]!;
      x[i] = c[0]! * px + c[1]! * ph + c[2]! * pa + c[3]! * d + c[4]! * n;
      h[i] = c[5]! * px + c[6]! * ph + c[7]! * pa + c[8]! * d + c[9]! * n;
      a[i] = c[10]! * px + c[11]! * ph + c[12]! * pa + c[13]! * d + c[14]! * n;
    }
  }
  return { x, h, a };
};

/** Every stage in float64, the denoiser from the covariances, the noise from the host's generator. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { normals } from '@/shaders/lib/gauss';
import { posterior } from '@/shaders/lib/mixture';
import { combined, entryOf, KIND, type Row } from '@/shaders/lib/stages';
import { countOf, type StepsAttrs } from './kernel';

export const reference: Reference<StepsAttrs> = (inputs, attrs, rows) => {
  const components = toFloat64(inputs.components!);
  const table = toFloat64(inputs.table!);
  const norm = toFloat64(inputs.control!)[0]!;
  const given = [inputs.x!, inputs.h!, inputs.a!].map(toFloat64);
  const count = countOf(inputs.table!.shape, attrs);
  const entries = Array.from({ length: count }, (_, i) => entryOf(table, attrs.first + i, norm));
  const out = given.map(() => new Float64Array(2 * rows.length));
  rows.forEach((particle, r) => {
    // x, h and a of either axis.
    let state = [0, 1].map((axis) => given.map((values) => values[2 * particle + axis]!));
    entries.forEach(({ s, std, kind, draws, rows: coefficients }, i) => {
      const stream = attrs.first + i;
      const noise = draws ? normals(particle, attrs.seed, stream) : [0, 0];
      const found =
        kind === KIND.linear ? undefined : posterior(components, s, std, state[0]![0]!, state[1]![0]!);
      const d = (kind === KIND.langevin ? found?.score : found?.denoised) ?? [0, 0];
      state = state.map(([x, h, a], axis) => {
        const now: Row = [x!, h!, a!, d[axis]!, noise[axis]!];
        return coefficients.map((row) => combined(row, now));
      });
    });
    state.forEach((registers, axis) => {
      registers.forEach((value, j) => (out[j]![2 * r + axis] = value));
    });
  });
  return { x: out[0]!, h: out[1]!, a: out[2]! };
};

/** The same stages on one CPU core, particle by particle, so that the registers stay in the processor's. */
import type { Baseline } from '@/gpu/kernel';
import { normals } from '@/shaders/lib/gauss';
import { COMPONENT } from '@/shaders/lib/mixture';
import { prepared, weigh } from '@/shaders/lib/mixtureOnCpu';
import { entryOf, KIND } from '@/shaders/lib/stages';
import { countOf, type StepsAttrs } from './kernel';

export const baseline: Baseline<StepsAttrs> = (inputs, attrs, [start, end]) => {
  const components = inputs.components!.data;
  const count = countOf(inputs.table!.shape, attrs);
  const norm = inputs.control!.data[0]!;
  const stages = Array.from({ length: count }, (_, i) => {
    const { s, std, kind, draws, rows } = entryOf(inputs.table!.data, attrs.first + i, norm);
    const level = prepared(components, s, std, kind === KIND.langevin);
    return { evaluates: kind !== KIND.linear, draws, level, coefficients: Float64Array.from(rows.flat()) };
  });
  const take = (name: string): Float32Array<ArrayBuffer> =>
    Float32Array.from(inputs[name]!.data.subarray(2 * start, 2 * end));
  const [xs, hs, as] = [take('x'), take('h'), take('a')];
  const logs = new Float64Array(components.length / COMPONENT);
  const d = new Float64Array(3);
  for (let p = 0; p < end - start; p++) {
    let [x, hx, ax] = [xs[2 * p]!, hs[2 * p]!, as[2 * p]!];
    let [y, hy, ay] = [xs[2 * p + 1]!, hs[2 * p + 1]!, as[2 * p + 1]!];
    for (let i = 0; i < count; i++) {
      const { evaluates, draws, level, coefficients: c } = stages[i]!;
      d.fill(0);
      if (evaluates) weigh(level, logs, x, y, d);
      let zx = 0;
      let zy = 0;
      if (draws) [zx, zy] = normals(start + p, attrs.seed, attrs.first + i);
      const nx = c[0]! * x + c[1]! * hx + c[2]! * ax + c[3]! * d[0]! + c[4]! * zx;
      const ny = c[0]! * y + c[1]! * hy + c[2]! * ay + c[3]! * d[1]! + c[4]! * zy;
      const kx = c[5]! * x + c[6]! * hx + c[7]! * ax + c[8]! * d[0]! + c[9]! * zx;
      const ky = c[5]! * y + c[6]! * hy + c[7]! * ay + c[8]! * d[1]! + c[9]! * zy;
      ax = c[10]! * x + c[11]! * hx + c[12]! * ax + c[13]! * d[0]! + c[14]! * zx;
      ay = c[10]! * y + c[11]! * hy + c[12]! * ay + c[13]! * d[1]! + c[14]! * zy;
      [x, y, hx, hy] = [nx, ny, kx, ky];
    }
    [xs[2 * p], xs[2 * p + 1]] = [x, y];
    [hs[2 * p], hs[2 * p + 1]] = [hx, hy];
    [as[2 * p], as[2 * p + 1]] = [ax, ay];
  }
  return { x: xs, h: hs, a: as };
};

/** The same Runge–Kutta steps in float64, the denoiser and its derivative from the covariances. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { posterior } from '@/shaders/lib/mixture';
import { crossOf, type ProbeAttrs } from '@/shaders/lib/probe';
import { FLOW_STEP } from './table';

type State = readonly [x: number, y: number, gain: number];

export const reference: Reference<ProbeAttrs> = (inputs, attrs, rows) => {
  const x = toFloat64(inputs.x!);
  const table = toFloat64(inputs.table!);
  const components = toFloat64(inputs.components!);
  const steps = table.length / FLOW_STEP;
  const logp = rows.map((row) => {
    const q = crossOf(row, attrs);
    const slope = (at: number, [px, py]: State): State => {
      const [s, std, rate, pull] = [table[at]!, table[at + 1]!, table[at + 2]!, table[at + 3]!];
      const { denoised, divergence, cross } = posterior(components, s, std, px, py);
      return [
        rate * px - pull * denoised[0],
        rate * py - pull * denoised[1],
        2 * rate - pull * (divergence + 2 * q * cross),
      ];
    };
    let state: State = [x[2 * row]!, x[2 * row + 1]!, 0];
    for (let step = 0; step < steps; step++) {
      const at = FLOW_STEP * step;
      const k1 = slope(at, state);
      const k2 = slope(at + 4, plus(state, 0.5, k1));
      const k3 = slope(at + 4, plus(state, 0.5, k2));
      const k4 = slope(at + 8, plus(state, 1, k3));
      state = plus(plus(plus(plus(state, 1 / 6, k1), 1 / 3, k2), 1 / 3, k3), 1 / 6, k4);
    }
    const std = table[table.length - 3]!;
    const [px, py, gain] = state;
    return gain - (px ** 2 + py ** 2) / (2 * std ** 2) - 2 * Math.log(std) - Math.log(2 * Math.PI);
  });
  return { logp: Float64Array.from(logp) };
};

const plus = (a: State, by: number, b: State): State => [
  a[0] + by * b[0],
  a[1] + by * b[1],
  a[2] + by * b[2],
];

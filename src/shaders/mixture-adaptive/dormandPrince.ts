/**
 * Dormand & Prince's pair of orders 5 and 4 ("A family of embedded Runge–Kutta formulae", 1980) with adaptive steps, in
 * float64: norm, first step and control as in Hairer, Nørsett & Wanner, "Solving ordinary differential equations I", II.4.
 */

/** Writes the slope of `state` at `level` into `out`. */
export type Slope = (level: number, state: Float64Array, out: Float64Array) => void;

export interface Adaptive {
  /** Relative and absolute. */
  readonly tolerance: number;
  /** Steps that are tried, refused ones among them. */
  readonly most: number;
  /** How many of the state's numbers the error is taken over, from the first. */
  readonly judged: number;
}

const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const stages = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** The difference of both orders. */
const errors = [-71 / 57600, 0, 71 / 16695, -71 / 1920, 17253 / 339200, -22 / 525, 1 / 40];

/** Advances `state` in place. @returns evaluations of the slope, and how much of the way is left (0 unless `most` ended it) */
export function dormandPrince(
  slope: Slope,
  state: Float64Array,
  begin: number,
  end: number,
  { tolerance, most, judged }: Adaptive,
): { readonly evaluations: number; readonly left: number } {
  const size = state.length;
  const ks = nodes.map(() => new Float64Array(size));
  const next = new Float64Array(size);
  const error = new Float64Array(size);
  const sense = Math.sign(end - begin);
  const whole = Math.abs(end - begin);
  const norm = (of: Float64Array, a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < judged; i++)
      sum += (of[i]! / (tolerance * (1 + Math.max(Math.abs(a[i]!), Math.abs(b[i]!))))) ** 2;
    return Math.sqrt(sum / judged);
  };

  slope(begin, state, ks[0]!);
  const [speed, length0] = [norm(ks[0]!, state, state), norm(state, state, state)];
  const trial = Math.min(whole, Math.min(length0, speed) < 1e-5 ? 1e-6 : (0.01 * length0) / speed);
  for (let i = 0; i < size; i++) next[i] = state[i]! + sense * trial * ks[0]![i]!;
  slope(begin + sense * trial, next, ks[1]!);
  for (let i = 0; i < size; i++) error[i] = ks[1]![i]! - ks[0]![i]!;
  const bend = Math.max(speed, norm(error, state, state) / trial);
  let h = Math.min(100 * trial, bend <= 1e-15 ? Math.max(1e-6, 1e-3 * trial) : (0.01 / bend) ** 0.2);

  let evaluations = 2;
  let left = whole;
  let growth = 10;
  for (let attempt = 0; attempt < most && left > 0; attempt++) {
    const length = Math.min(h, left);
    const level = end - sense * left;
    for (let stage = 1; stage < 7; stage++) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j < stage; j++) sum += stages[stage]![j]! * ks[j]![i]!;
        next[i] = state[i]! + sense * length * sum;
      }
      slope(level + sense * length * nodes[stage]!, next, ks[stage]!);
    }
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < 7; j++) sum += errors[j]! * ks[j]![i]!;
      error[i] = length * sum;
    }
    const ratio = norm(error, state, next);
    const taken = ratio <= 1;
    evaluations += 6;
    h = length * Math.min(growth, Math.max(0.2, 0.9 * Math.max(ratio, 1e-10) ** -0.2));
    growth = taken ? 10 : 1;
    if (!taken) continue;
    state.set(next);
    ks[0]!.set(ks[6]!);
    left -= length;
  }
  return { evaluations, left };
}

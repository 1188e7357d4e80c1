/** The functions of one number in double precision: definitions for the references. */
import { erfc } from './erfc';

export interface Smooth {
  f(x: number, alpha: number): number;
  /** f′. */
  slope(x: number, alpha: number): number;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const cdf = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);
const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
/** tanh′ without cancelling. */
const sech2 = (x: number): number => 1 / Math.cosh(x) ** 2;
const bend = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
const bendSlope = (x: number): number => Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);

export const unary = {
  relu: { f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  /** min(max(x, 0), 6), as in MobileNet V1. */
  relu6: { f: (x) => Math.min(Math.max(x, 0), 6), slope: (x) => (x > 0 && x < 6 ? 1 : 0) },
  /** x·relu6(x + 3)/6, Howard et al. 2019. */
  'hard-swish': {
    f: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
    slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  },
  /** relu6(x + 3)/6, the gate of MobileNetV3's squeeze-and-excite. */
  'hard-sigmoid': {
    f: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
    slope: (x) => (x > -3 && x < 3 ? 1 / 6 : 0),
  },
  /** x·Φ(x), Hendrycks & Gimpel 2016. */
  gelu: { f: (x) => x * cdf(x), slope: (x) => cdf(x) + x * density(x) },
  /** Its approximation by tanh, as in GPT-2. */
  'gelu-tanh': {
    f: (x) => x * logistic(2 * bend(x)),
    slope: (x) => logistic(2 * bend(x)) + 0.5 * x * sech2(bend(x)) * bendSlope(x),
  },
  silu: { f: (x) => x * logistic(x), slope: (x) => logistic(x) * (1 + x * logistic(-x)) },
  tanh: { f: Math.tanh, slope: sech2 },
  sigmoid: { f: logistic, slope: (x) => logistic(x) * logistic(-x) },
  exp: { f: Math.exp, slope: Math.exp },
  log: { f: Math.log, slope: (x) => 1 / x },
  sqrt: { f: Math.sqrt, slope: (x) => 0.5 / Math.sqrt(x) },
  square: { f: (x) => x * x, slope: (x) => 2 * x },
  abs: { f: Math.abs, slope: Math.sign },
  neg: { f: (x) => -x, slope: () => -1 },
  /** α·x; with α = 1 a copy, which may change the type. */
  scale: { f: (x, alpha) => alpha * x, slope: (_, alpha) => alpha },
} as const satisfies Record<string, Smooth>;

export const binary = {
  /** a + α·b. */
  add: (a, b, alpha) => a + alpha * b,
  sub: (a, b, alpha) => a - alpha * b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
} as const satisfies Record<string, (a: number, b: number, alpha: number) => number>;

export type Unary = keyof typeof unary;
export type Binary = keyof typeof binary;
export const unaryNames = Object.keys(unary) as Unary[];
export const binaryNames = Object.keys(binary) as Binary[];

/** `OP` and the names that WGSL knows the operations by. */
export function opConstants(names: readonly string[], op: string): Record<string, number> {
  const known = names.map((name, i) => [name.toUpperCase().replace('-', '_'), i] as const);
  return { OP: names.indexOf(op), ...Object.fromEntries(known) };
}

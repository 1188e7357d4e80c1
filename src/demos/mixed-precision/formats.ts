/**
 * Floating-point formats bit by bit: (−1)^s · 2^(e − bias) · 1.m for normal numbers, (−1)^s · 2^least · 0.m for
 * subnormal ones, the largest exponent for infinities and NaN (IEEE 754-2019, §3.4).
 */
import { exponentOf, formats as narrow, roundTo, type Format } from '@/shaders/round-format/formats';

export interface BitFormat extends Format {
  readonly name: string;
  /** Bits of the exponent. */
  readonly exponent: number;
}

export const bitFormats = {
  fp64: { name: 'FP64', exponent: 11, mantissa: 52, least: -1022, largest: Number.MAX_VALUE },
  fp32: { name: 'FP32', exponent: 8, mantissa: 23, least: -126, largest: (2 - 2 ** -23) * 2 ** 127 },
  fp16: { name: 'FP16', exponent: 5, ...narrow.fp16 },
  bf16: { name: 'BF16', exponent: 8, ...narrow.bf16 },
} as const satisfies Record<string, BitFormat>;
export type BitFormatName = keyof typeof bitFormats;

export const widthOf = ({ exponent, mantissa }: BitFormat): number => 1 + exponent + mantissa;
const exponentMask = ({ exponent }: BitFormat): number => 2 ** exponent - 1;

/** Bits of the number of the format nearest to `value`, ties to even. */
export function encode(value: number, format: BitFormat): bigint {
  const { mantissa, least } = format;
  const [toExponent, toSign] = [BigInt(mantissa), BigInt(widthOf(format) - 1)];
  const top = BigInt(exponentMask(format)) << toExponent;
  if (Number.isNaN(value)) return top | (1n << (toExponent - 1n));
  const rounded = roundTo(value, format);
  const sign = (rounded < 0 || Object.is(rounded, -0) ? 1n : 0n) << toSign;
  const size = Math.abs(rounded);
  if (size === Infinity) return sign | top;
  if (size === 0) return sign;
  const e = Math.max(exponentOf(size), least);
  // In two steps: 2^(e − mantissa) alone may be below what a double holds.
  const steps = BigInt((size / 2 ** e) * 2 ** mantissa);
  // The implicit bit of a normal number raises the exponent field from 0 by itself.
  return sign | ((BigInt(e - least) << toExponent) + steps);
}

export function decode(bits: bigint, format: BitFormat): number {
  const { mantissa, least } = format;
  const sign = (bits >> BigInt(widthOf(format) - 1)) & 1n ? -1 : 1;
  const e = Number((bits >> BigInt(mantissa)) & BigInt(exponentMask(format)));
  const m = Number(bits & ((1n << BigInt(mantissa)) - 1n)) / 2 ** mantissa;
  if (e === exponentMask(format)) return m === 0 ? sign * Infinity : NaN;
  return e === 0 ? sign * m * 2 ** least : sign * (1 + m) * 2 ** (e - 1 + least);
}

export type Kind = 'zero' | 'subnormal' | 'normal' | 'infinite' | 'nan';

export function kindOf(value: number, { least }: BitFormat): Kind {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return 'infinite';
  if (value === 0) return 'zero';
  return Math.abs(value) < 2 ** least ? 'subnormal' : 'normal';
}

/** The numbers of the format next below and next above one of them; ±Infinity past the largest. */
export function neighbours(value: number, format: BitFormat): readonly [number, number] {
  if (!Number.isFinite(value))
    return [value === Infinity ? format.largest : value, value === -Infinity ? -format.largest : value];
  const away = (x: number): number => decode(encode(x, format) + 1n, format);
  const toward = (x: number): number => decode(encode(x, format) - 1n, format);
  if (value === 0) return [-away(0), away(0)];
  return value > 0 ? [toward(value), away(value)] : [away(value), toward(value)];
}

/** One step of the format around `value`: the distance to the next number away from zero. */
export const ulpOf = (value: number, { mantissa, least }: BitFormat): number =>
  2 ** Math.max((value === 0 ? least : Math.max(exponentOf(value), least)) - mantissa, -1074);

/**
 * The number that an arithmetic expression such as "1 + 2^-11", "65504", "1/3" or "-inf" means; nothing where it is
 * none. Powers bind tightest and to the right.
 */
export function parseNumber(text: string): number | undefined {
  const tokens = text.toLowerCase().match(/(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf(inity)?|nan|\S/g) ?? [];
  let at = 0;
  const take = (...options: readonly string[]): string | undefined =>
    options.includes(tokens[at] ?? '') ? tokens[at++] : undefined;
  const primary = (): number => {
    if (take('(')) {
      const value = sum();
      return take(')') ? value : fail();
    }
    const token = tokens[at++] ?? '';
    if (token.startsWith('inf')) return Infinity;
    if (token === 'nan') return NaN;
    return /^[\d.]/.test(token) ? Number(token) : fail();
  };
  const power = (): number => {
    const base = primary();
    return take('^') ? base ** signed() : base;
  };
  const signed = (): number => (take('-', '−') ? -signed() : take('+') ? signed() : power());
  const product = (): number => {
    let value = signed();
    for (let op = take('*', '×', '/'); op; op = take('*', '×', '/'))
      value = op === '/' ? value / signed() : value * signed();
    return value;
  };
  const sum = (): number => {
    let value = product();
    for (let op = take('+', '-', '−'); op; op = take('+', '-', '−'))
      value = op === '+' ? value + product() : value - product();
    return value;
  };
  try {
    const value = sum();
    return at === tokens.length ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const fail = (): never => {
  throw new SyntaxError('not a number');
};

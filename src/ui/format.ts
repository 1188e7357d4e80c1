/** Numbers as people read them: three significant digits, a unit, and the same width for every digit. */
import type { Lang } from '@/lib/text';

/** Between a number and its unit: narrow and unbreakable. */
const space = '\u202f';

/** Three significant digits without an exponent: 1234567 → "1,230,000", 0.01234 → "0.0123". */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  const decimals = Math.min(12, Math.max(0, digits - whole));
  return minus(
    rounded.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
}

const minus = (text: string): string => text.replace('-', '−');

function scaled(value: number, units: readonly (readonly [factor: number, unit: string])[]): string {
  const rounded = Math.abs(Number(value.toPrecision(3)));
  const found = units.find(([factor]) => rounded >= factor) ?? units[units.length - 1];
  if (!found || !Number.isFinite(value)) return significant(value);
  return `${significant(value / found[0])}${space}${found[1]}`;
}

/** Milliseconds in the unit that suits them. */
export function duration(ms: number): string {
  if (ms === 0) return `0${space}ms`;
  return scaled(ms, [
    [1000, 's'],
    [1, 'ms'],
    [1e-3, 'µs'],
    [1e-6, 'ns'],
  ]);
}

/** Bytes in binary units, as WebGPU states its limits. */
export function bytes(value: number): string {
  if (Math.abs(value) < 1024) return `${count(value)}${space}B`;
  return scaled(value, [
    [2 ** 40, 'TiB'],
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ]);
}

const flop = (value: number): string =>
  scaled(value, [
    [1e12, 'TFLOP'],
    [1e9, 'GFLOP'],
    [1e6, 'MFLOP'],
    [1e3, 'kFLOP'],
    [1, 'FLOP'],
  ]);

export const gflops = (value: number): string =>
  scaled(value, [
    [1000, 'TFLOP/s'],
    [1, 'GFLOP/s'],
    [1e-3, 'MFLOP/s'],
  ]);

export const gbps = (value: number): string =>
  scaled(value, [
    [1000, 'TB/s'],
    [1, 'GB/s'],
    [1e-3, 'MB/s'],
  ]);

/** A whole number with its thousands marked. */
export const count = (value: number): string => minus(Math.round(value).toLocaleString('en'));

/** A whole number as an exponent. */
export const superscript = (n: number): string =>
  String(n).replace(/[-\d]/g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(c))));

/** An error or another number whose order of magnitude matters: 3.1 × 10⁻⁷. */
export function scientific(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return significant(value);
  const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
  return `${minus(mantissa)}${space}×${space}10${superscript(Number(exponent))}`;
}

/** Any value of a metric or an axis by its unit. */
export function quantity(value: number, unit = ''): string {
  if (unit === 'ms') return duration(value);
  if (unit === 'bytes' || unit === 'B') return bytes(value);
  if (unit === 'gflops') return gflops(value);
  if (unit === 'gbps') return gbps(value);
  if (unit === 'FLOP') return flop(value);
  const size = Math.abs(value);
  const number =
    Number.isInteger(value) && size < 1e9
      ? count(value)
      : size !== 0 && (size < 1e-3 || size >= 1e9)
        ? scientific(value)
        : significant(value);
  return unit === '' ? number : `${number}${space}${unit}`;
}

/** Time left, roughly, as a person would say it. */
export function remaining(ms: number, lang: Lang): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return lang === 'zh' ? `约 ${seconds} 秒` : `about ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return lang === 'zh' ? `约 ${minutes} 分钟` : `about ${minutes} min`;
}

/** An axis tick: 16,777,216 → "16.8M", 544,032 → "544k"; powers of two below a million stay whole. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${significant(value / 1e9)}G`.replace(/\.0+G/, 'G');
  if (size >= 1e6) return `${significant(value / 1e6)}M`.replace(/\.0+M/, 'M');
  if (size >= 1e5 && !Number.isInteger(Math.log2(size)))
    return `${significant(value / 1e3)}k`.replace(/\.0+k/, 'k');
  if (Number.isInteger(value)) return count(value);
  return String(Number(value.toPrecision(3)));
}

import { describe, expect, it } from 'vitest';
import { bytes, count, duration, gflops, quantity, remaining, scientific, significant, tick } from './format';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('numbers as people read them', () => {
  it('keeps three significant digits', () => {
    expect(significant(1234567)).toBe('1,230,000');
    expect(significant(0.012345)).toBe('0.0123');
    expect(significant(-2)).toBe('−2.00');
    expect(significant(0)).toBe('0');
    expect(significant(NaN)).toBe('–');
    expect(significant(-Infinity)).toBe('−∞');
  });

  it('chooses the unit of a duration', () => {
    expect(plain(duration(1.2))).toBe('1.20 ms');
    expect(plain(duration(0.0123))).toBe('12.3 µs');
    expect(plain(duration(2500))).toBe('2.50 s');
    expect(plain(duration(0))).toBe('0 ms');
    expect(plain(duration(1e-5))).toBe('10.0 ns');
  });

  it('rounds before it chooses the unit', () => {
    expect(plain(duration(999.9))).toBe('1.00 s');
    expect(plain(duration(0.99999))).toBe('1.00 ms');
  });

  it('writes sizes and rates', () => {
    expect(plain(bytes(3.4 * 2 ** 20))).toBe('3.40 MiB');
    expect(plain(bytes(2 ** 26))).toBe('64.0 MiB');
    expect(plain(bytes(12))).toBe('12 B');
    expect(plain(gflops(2500))).toBe('2.50 TFLOP/s');
    expect(count(16777216)).toBe('16,777,216');
  });

  it('writes orders of magnitude', () => {
    expect(plain(scientific(3.14e-7))).toBe('3.1 × 10⁻⁷');
    expect(plain(scientific(-4e12))).toBe('−4.0 × 10¹²');
    expect(scientific(0)).toBe('0');
  });

  it('writes a quantity by its unit', () => {
    expect(plain(quantity(4096, 'steps'))).toBe('4,096 steps');
    expect(plain(quantity(0.5, 'ms'))).toBe('500 µs');
    expect(plain(quantity(1e-9))).toBe('1.0 × 10⁻⁹');
  });

  it('writes ticks shortly', () => {
    expect(tick(1024)).toBe('1,024');
    expect(tick(544_032)).toBe('544k');
    expect(tick(131_072)).toBe('131,072');
    expect(tick(16_000_000)).toBe('16M');
    expect(tick(16_777_216)).toBe('16.8M');
    expect(tick(0.001)).toBe('0.001');
  });

  it('says how long is left in both languages', () => {
    expect(remaining(200, 'en')).toBe('about 1 s');
    expect(remaining(120_000, 'zh')).toBe('约 2 分钟');
  });
});

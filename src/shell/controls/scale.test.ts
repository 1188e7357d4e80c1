import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { range, type RangeParam } from '@/lab/schema';
import { fromPosition, nudge, POSITIONS, toPosition } from './scale';

const label = { en: '', zh: '' };
const log = range({ label, min: 16, max: 16384, default: 1024, integer: true, scale: 'log', step: 16 });
const real = range({ label, min: 0.001, max: 10, default: 1, scale: 'log' });
const fromZero = range({ label, min: 0, max: 4096, default: 0, integer: true, scale: 'log' });
const linear = range({ label, min: -1, max: 1, default: 0, step: 0.1 });
const all: readonly RangeParam[] = [log, real, fromZero, linear];

describe('slider scale', () => {
  it('reaches both ends', () => {
    for (const param of all) {
      expect(fromPosition(param, 0)).toBe(param.min);
      expect(fromPosition(param, POSITIONS)).toBe(param.max);
    }
  });

  it('gives octaves the same length', () => {
    const octave = toPosition(log, 2048) - toPosition(log, 1024);
    expect(toPosition(log, 64) - toPosition(log, 32)).toBeCloseTo(octave, 9);
  });

  it('stays where it is: a position read back gives the same value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 0, max: POSITIONS }), (param, position) => {
        const value = fromPosition(param, position);
        expect(value).toBeGreaterThanOrEqual(param.min);
        expect(value).toBeLessThanOrEqual(param.max);
        expect(fromPosition(param, toPosition(param, value))).toBeCloseTo(value, 9);
      }),
    );
  });

  it('a key always moves, except at the ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: POSITIONS - 1 }), (param, position) => {
        const value = fromPosition(param, position);
        if (value < param.max) expect(nudge(param, value, 1)).toBeGreaterThan(value);
        if (value > param.min) expect(nudge(param, value, -1)).toBeLessThan(value);
      }),
    );
    expect(nudge(log, log.max, 1)).toBe(log.max);
  });

  it('keys to and fro do not wander', () => {
    const pair = (param: RangeParam, from: number): number => nudge(param, nudge(param, from, 1), -1);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.double({ min: 0, max: 0.9, noNaN: true }), (param, t) => {
        const once = pair(param, fromPosition(param, POSITIONS * t));
        expect(pair(param, once)).toBe(once);
      }),
    );
    const steps = range({ label, min: 2, max: 1000, default: 250, integer: true, scale: 'log' });
    for (const value of [16, 17, 99, 100, 250]) expect(pair(steps, value)).toBe(value);
  });

  it('stays at an end that the steps do not reach', () => {
    const odd = range({ label, min: 0, max: 1, default: 0, step: 0.3 });
    expect(nudge(odd, 1, 1)).toBe(1);
    expect(nudge(odd, 1, -1)).toBe(0.6);
  });

  it('leaves no dust of binary fractions', () => {
    expect(nudge(linear, 0.2, 1)).toBe(0.3);
  });
});

/** Between a range's values and the places of its slider; logarithmic sliders give every octave the same length. */
import type { RangeParam } from '@/lab/schema';

export const POSITIONS = 1000;

/** Logarithms need positive numbers: a range that starts at zero or below is shifted to start at one. */
const shift = ({ min }: RangeParam): number => (min > 0 ? 0 : 1 - min);

export function toPosition(param: RangeParam, value: number): number {
  const { min, max, scale = 'linear' } = param;
  if (max === min) return 0;
  if (scale === 'linear') return ((value - min) / (max - min)) * POSITIONS;
  const by = shift(param);
  return (Math.log((value + by) / (min + by)) / Math.log((max + by) / (min + by))) * POSITIONS;
}

export function fromPosition(param: RangeParam, position: number): number {
  const { min, max, scale = 'linear' } = param;
  const t = position / POSITIONS;
  if (scale === 'linear') return snap(param, min + (max - min) * t);
  const by = shift(param);
  return snap(param, (min + by) * ((max + by) / (min + by)) ** t - by);
}

export const stepOf = ({ step, integer, min, max }: RangeParam): number =>
  step ?? (integer ? 1 : (max - min) / 100);

/** The nearest value that the steps from `min` reach. */
export function snap(param: RangeParam, value: number): number {
  const { min, max } = param;
  const step = stepOf(param);
  // A logarithmic range of real numbers has no even steps: three digits are enough.
  if (param.scale === 'log' && !param.integer && param.step === undefined)
    return clamp(min, max, Number(value.toPrecision(3)));
  return clamp(min, max, Number((min + Math.round((value - min) / step) * step).toPrecision(12)));
}

const clamp = (low: number, high: number, value: number): number => Math.min(high, Math.max(low, value));

/**
 * The next value in a direction: one step, or on a logarithmic range `factor` times as much or as little, but a step at
 * least. Up and down are inverse, so that keys pressed to and fro stay where they began.
 */
export function nudge(param: RangeParam, value: number, direction: 1 | -1, factor = 17 / 16): number {
  const step = value + direction * stepOf(param);
  const by = shift(param);
  const aim = param.scale === 'log' ? (value + by) * factor ** direction - by : step;
  const next = snap(param, aim);
  return next === value ? clamp(param.min, param.max, Number(step.toPrecision(12))) : next;
}

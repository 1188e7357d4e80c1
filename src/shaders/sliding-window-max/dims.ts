/**
 * Sizes of a sliding-window maximum, and how it becomes passes along lines: a maximum over a box is the maximum of
 * its rows' maxima. An image is walked as one flat sequence; windows that run over the end of a row are computed
 * like the others and left out when the result is stored.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import type { Text } from '@/lib/text';

export interface WindowAttrs {
  /** The window: k, or [kh, kw]; one number means a square in an image. */
  readonly k: number | readonly number[] | null;
}

export const windowAttrs: Readonly<Record<keyof WindowAttrs, Attribute>> = {
  k: { kind: 'numbers', default: null, lengths: [1, 2], min: 1 },
};

/** Input h×w and window kh×kw; a series has h = kh = 1. Outputs have outH×outW. */
export interface Dims {
  readonly rank: 1 | 2;
  readonly h: number;
  readonly w: number;
  readonly kh: number;
  readonly kw: number;
  readonly outH: number;
  readonly outW: number;
}

interface Given {
  readonly inputs: Readonly<Record<string, { readonly shape: readonly number[] }>>;
  readonly attrs: WindowAttrs;
}

/** Throws `input.missing`, `input.shape`, `attr.value`. */
export function dims({ inputs, attrs }: Given): Dims {
  const x = (inputs as Readonly<Record<string, Given['inputs'][string] | undefined>>).x;
  if (!x) throw new LabError('input.missing', { name: 'x', allowed: 'x [n] or [h, w]' });
  const { shape } = x;
  if (shape.length < 1 || shape.length > 2 || shape.some((size) => size < 1)) {
    throw new LabError('input.shape', {
      name: 'x',
      got: shape.join(', '),
      allowed: { en: '[n] or [h, w], no size being 0', zh: '[n] 或 [h, w]，各维都不为 0' },
    });
  }
  const rank = shape.length === 1 ? 1 : 2;
  const [h, w] = rank === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  const k = typeof attrs.k === 'number' ? [attrs.k] : (attrs.k ?? []);
  const fits = (size: number | undefined, most: number): size is number =>
    size !== undefined && Number.isInteger(size) && size >= 1 && size <= most;
  const kw = k.at(-1);
  const kh = rank === 1 ? 1 : k[0];
  if (k.length < 1 || k.length > rank || !fits(kh, h) || !fits(kw, w)) {
    const side = Math.min(h, w);
    const allowed: Text =
      rank === 1
        ? { en: `a whole number from 1 to ${w}, the length of x`, zh: `1 到 ${w}（x 的长度）之间的整数` }
        : {
            en: `a whole number from 1 to ${side}, or [kh, kw] with kh from 1 to ${h} and kw from 1 to ${w}`,
            zh: `1 到 ${side} 之间的整数，或 [kh, kw]，其中 kh 为 1 到 ${h}，kw 为 1 到 ${w}`,
          };
    throw new LabError('attr.value', { name: 'k', got: JSON.stringify(attrs.k), allowed });
  }
  return { rank, h, w, kh, kw, outH: h - kh + 1, outW: w - kw + 1 };
}

/** y[i] = max of x[i], x[i + step], …, x[i + (k − 1)·step], for i < count − (k − 1)·step. */
export interface Line {
  readonly count: number;
  readonly step: number;
  readonly k: number;
}

/** The lines of a problem, one after another; a window of one sample is a copy. */
export function linesOf({ h, w, kh, kw }: Dims): Line[] {
  const along: Line = { count: h * w, step: 1, k: kw };
  // Columns that the rows' windows did not reach hold whatever was there; they reach no other column.
  const across: Line = { count: h * w, step: w, k: kh };
  const needed = [along, across].filter((line) => line.k > 1);
  return needed.length > 0 ? needed : [along];
}

export const outputsOf = ({ count, step, k }: Line): number => count - (k - 1) * step;

export const isFloatProblem = (inputs: Specs): boolean =>
  (inputs as Readonly<Record<string, TensorSpec | undefined>>).x?.dtype === 'f32';

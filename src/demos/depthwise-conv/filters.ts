/** Windows of depthwise filters: the classical ones, the reader's own, and how each is to be looked at. */
import { LabError } from '@/lib/errors';
import type { Params } from './params';

/** k × k numbers, row by row. */
export interface Taps {
  readonly k: number;
  readonly values: readonly number[];
}

/**
 * How what comes out is painted: as a colour; as a colour around grey, where it may be negative; or the length of two
 * filters' answers.
 */
export type Look = 'colour' | 'signed' | 'length';

export interface Filter {
  readonly taps: Taps;
  /** Of a pair: Sobel's other direction. */
  readonly second?: Taps;
  readonly look: Look;
}

const three = (...values: number[]): Taps => ({ k: 3, values });

const binomial = [1, 4, 6, 4, 1];
/** Sobel & Feldman 1968; halved twice, so that a step from black to white answers 1. */
const across = three(-0.25, 0, 0.25, -0.5, 0, 0.5, -0.25, 0, 0.25);
const down = three(-0.25, -0.5, -0.25, 0, 0, 0, 0.25, 0.5, 0.25);
export const sharpen = three(0, -1, 0, -1, 5, -1, 0, -1, 0);

const classical: Readonly<Record<Exclude<Params['filter'], 'custom' | 'learned'>, Filter>> = {
  identity: { taps: three(0, 0, 0, 0, 1, 0, 0, 0, 0), look: 'colour' },
  gaussian: {
    taps: { k: 5, values: binomial.flatMap((a) => binomial.map((b) => (a * b) / 256)) },
    look: 'colour',
  },
  sobel: { taps: across, second: down, look: 'length' },
  'sobel-x': { taps: across, look: 'signed' },
  'sobel-y': { taps: down, look: 'signed' },
  laplacian: { taps: three(0, 1, 0, 1, -4, 1, 0, 1, 0), look: 'signed' },
  sharpen: { taps: sharpen, look: 'colour' },
};

/** Throws `file.format` for what is no window. */
export function parseTaps(bytes: Uint8Array, file: string): Taps {
  const words = new TextDecoder().decode(bytes.subarray(0, 4096)).split(/[\s,;]+/);
  const values = words.filter((word) => word !== '').map(Number);
  const k = Math.sqrt(values.length);
  const refuse = (reason: string): never => {
    throw new LabError('file.format', { file, format: 'filter', reason });
  };
  if (values.some((value) => !Number.isFinite(value) || Math.abs(value) > 1e6))
    refuse('every entry must be a number between -1000000 and 1000000');
  if (k !== 3 && k !== 5) refuse(`it has ${values.length} numbers; needed: 9 or 25, row by row`);
  return { k, values };
}

/** What answers with numbers below zero is looked at around grey. */
export const lookOf = ({ values }: Taps): Look =>
  values.reduce((sum, value) => sum + value, 0) < 0.5 ? 'signed' : 'colour';

/** @param learned a channel's window in a network, where that is asked for */
export function filterOf({ filter, taps }: Params, own: Uint8Array | undefined, learned?: Taps): Filter {
  if (filter === 'learned' && learned) return { taps: normalised(learned), look: 'signed' };
  if (filter === 'custom' || filter === 'learned') {
    const given = own ? parseTaps(own, taps?.name ?? 'filter') : sharpen;
    return { taps: given, look: lookOf(given) };
  }
  return classical[filter];
}

/** A learned window has any size: with absolute values that sum to 2, answers to a picture fill [−1, 1]. */
function normalised({ k, values }: Taps): Taps {
  const sum = values.reduce((total, value) => total + Math.abs(value), 0);
  return { k, values: values.map((value) => (2 * value) / Math.max(sum, 1e-20)) };
}

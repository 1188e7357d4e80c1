/** The largest setting that fits: found by what a session would need, before any of it is taken. */
import { LabError } from '@/lib/errors';
import type { DemoDecl } from './demo';
import type { Params } from './schema';
import { applyRules } from './validate';

export interface Setting {
  readonly param: string;
  readonly value: number;
}

export interface Room {
  /** Bytes of one buffer. */
  readonly largest: number;
  /** Bytes of all buffers together. */
  readonly total: number;
}

/**
 * The largest value of the demo's size, below the present one, whose buffers have room: needs grow with it, so the
 * gap is halved. `needs` gives the bytes of every buffer, or throws a `LabError` where that size cannot run at all.
 */
export async function largestThatFits(
  demo: DemoDecl,
  params: Params,
  needs: (params: Params) => Promise<readonly number[]>,
  room: Room,
): Promise<Setting | undefined> {
  const param = demo.size?.(params);
  const declared = param === undefined ? undefined : demo.params[param];
  const now = param === undefined ? undefined : params[param];
  if (param === undefined || declared?.kind !== 'range' || typeof now !== 'number') return undefined;
  const fits = async (value: number): Promise<boolean> => {
    try {
      const bytes = await needs(applyRules(demo, { ...params, [param]: value }).params);
      return Math.max(...bytes) <= room.largest && bytes.reduce((a, b) => a + b, 0) <= room.total;
    } catch (error) {
      if (error instanceof LabError) return false;
      throw error;
    }
  };
  const step = declared.step ?? (declared.integer ? 1 : (declared.max - declared.min) / 100);
  let [below, above] = [0, Math.ceil((now - declared.min) / step)];
  if (above === 0 || !(await fits(declared.min))) return undefined;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (await fits(declared.min + middle * step)) below = middle;
    else above = middle;
  }
  return { param, value: declared.min + below * step };
}

/** Half the size, where time rather than memory was short. */
export function halfOf(demo: DemoDecl, params: Params): Setting | undefined {
  const param = demo.size?.(params);
  if (param === undefined) return undefined;
  const declared = demo.params[param];
  const now = params[param];
  if (declared?.kind !== 'range' || typeof now !== 'number') return undefined;
  const value = Math.max(declared.min, declared.integer ? Math.floor(now / 2) : now / 2);
  return value < now ? { param, value } : undefined;
}

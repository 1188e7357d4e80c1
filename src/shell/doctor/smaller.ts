/** Half the size at which a demo ran out of memory or limits, where it has a size that can be halved. */
import type { DemoDecl } from '@/lab/demo';
import type { Params } from '@/lab/schema';

export interface Smaller {
  readonly param: string;
  readonly value: number;
}

export function halfOf(demo: DemoDecl, params: Params): Smaller | undefined {
  const param = demo.size?.(params);
  if (param === undefined) return undefined;
  const declared = demo.params[param];
  const now = params[param];
  if (declared?.kind !== 'range' || typeof now !== 'number') return undefined;
  const value = Math.max(declared.min, declared.integer ? Math.floor(now / 2) : now / 2);
  return value < now ? { param, value } : undefined;
}

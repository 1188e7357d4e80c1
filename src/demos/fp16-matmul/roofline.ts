/** Where each variant and each CPU contender stands under the two ceilings that were measured on this device. */
import type { Measurement } from '@/lab/report';
import type { Context } from '@/lab/session';
import { ceilings, type Ceilings } from '@/shaders/ceilings';
import { kernel } from '@/shaders/matmul/kernel';
import type { MatmulAttrs } from '@/shaders/matmul/dims';
import { measureKernel } from '@/shaders/measure';
import { NAME } from './charts';
import { drawn, stored, type Sizes } from './inputs';
import { attrsOf, kinds } from './kinds';
import { tolerance } from './measure';

export interface Roofline {
  readonly ceilings: Ceilings;
  /** One for each variant and storage that ran; those without a time say why. */
  readonly points: readonly Measurement[];
}

/** A contender that would take longer per run is left out. */
const BUDGET_MS = 1000;

/** Both storages of the same product, at the current way to sum where it applies. */
export async function measureRoofline(
  ctx: Context,
  sizes: Sizes,
  accumulate: MatmulAttrs['accumulate'],
  report: (sofar: Roofline) => void,
  signal: AbortSignal,
  budgetMs = BUDGET_MS,
): Promise<Roofline> {
  const measured = await ceilings(ctx.device, signal);
  const points: Measurement[] = [];
  report({ ceilings: measured, points });
  const matrices = await drawn(sizes, 'normal', 1, signal);
  const wanted = [
    kinds.find(({ id }) => id === 'single')!,
    kinds.find((kind) => kind.storage === 'f16' && kind.accumulate === accumulate)!,
  ];
  for (const kind of wanted) {
    const inputs = { ...stored(matrices, kind.storage) };
    const measuring = measureKernel(ctx, kernel, inputs, attrsOf(kind.accumulate), {
      ...{ name: NAME, shape: { ...sizes }, dtype: kind.storage, budgetMs, signal },
      cpu: kind.storage === 'f32' ? ['one', 'all', 'wasm'] : [],
      tolerance: tolerance(kind, sizes.k),
      checkRows: Math.max(1, Math.min(16, Math.floor(2e7 / (sizes.n * sizes.k)))),
    });
    for await (const point of measuring) {
      points.push(point);
      report({ ceilings: measured, points: [...points] });
    }
  }
  return { ceilings: measured, points };
}

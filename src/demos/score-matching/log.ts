/** What is kept of a training. */
import type { Judged, Region } from '@/methods/score/field';

export interface Evaluation {
  readonly step: number;
  /** The level it was made at. */
  readonly sigma: number;
  readonly byRegion: Readonly<Record<Region, Judged>>;
}

/** A network that gives 0 everywhere has a loss of about 1; from here on training diverged. */
const MOST_LOSS = 1e3;
export const losing = (loss: number): boolean => !(Math.abs(loss) < MOST_LOSS);

/** Steps from one look at the field to the next: about forty in a run of the declared length. */
export const stepsBetween = (steps: number): number => Math.max(10, Math.round(steps / 40));

/** Mean of the last losses; NaN before the first. */
export function recentLoss(losses: readonly number[]): number {
  const last = losses.slice(-50);
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

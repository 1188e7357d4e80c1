/** What a training leaves behind: a record of each step, and now and then a closer look. */
import type { Metrics } from '@/lab/session';
import type { Text } from '@/lib/text';
import type { GradientCounts } from '@/tensor/probe';
import type { StepRecord } from '@/tensor/records';
import { counters, type Counter } from '@/shaders/statistics/counts';

/** Gradients as f32 has them, times the loss scale, and as they were stored. */
export interface Observation {
  readonly step: number;
  readonly lossScale: number;
  readonly tensors: readonly GradientCounts[];
}

/** On data that never appears in training. */
export interface Evaluation {
  /** Steps that were done before. */
  readonly step: number;
  readonly accuracy: number;
  readonly loss: number;
  /** Of the first held-out batch, [rows, classes]. */
  readonly logits: Float32Array;
  /** As the forward pass read them, end to end. */
  readonly weights: Float32Array;
}

export interface Stop {
  readonly step: number;
  /** What was not finite first, and where. */
  readonly why: Text;
}

export interface Log {
  readonly records: readonly StepRecord[];
  readonly observations: readonly Observation[];
  readonly evaluations: readonly Evaluation[];
  readonly stop: Stop | undefined;
}

/** A finite loss beyond this is no training either. */
const LARGEST_LOSS = 1e4;

/** `guard`: steps whose gradients are not finite are skipped, so that those do no harm. */
export const isBroken = ({ loss, overflows }: StepRecord, guard: boolean): boolean =>
  !Number.isFinite(loss) || loss > LARGEST_LOSS || (overflows > 0 && !guard);

export const counterOf = (counts: Uint32Array, counter: Counter): number =>
  counts[counters.indexOf(counter)]!;

/** Mean loss of the last twenty steps that had one. */
function lastLoss(records: readonly StepRecord[]): number {
  const losses = records.slice(-20).flatMap(({ loss }) => (Number.isFinite(loss) ? [loss] : []));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Of the non-zero gradients, in f32 and times the loss scale, those below 2⁻²⁴: over all observations. */
function underflowShare(observations: readonly Observation[]): number {
  let below = 0;
  let some = 0;
  for (const { exact } of observations.flatMap(({ tensors }) => tensors)) {
    below += counterOf(exact, 'underflow');
    some += counterOf(exact, 'values') - counterOf(exact, 'zeros') - counterOf(exact, 'notFinite');
  }
  return below / Math.max(1, some);
}

/** Of the gradients that f32 has, those that were stored as zero. */
function zeroedShare(observations: readonly Observation[]): number {
  let zeroed = 0;
  let some = 0;
  for (const { exact, stored } of observations.flatMap(({ tensors }) => tensors)) {
    zeroed += Math.max(0, counterOf(stored, 'zeros') - counterOf(exact, 'zeros'));
    some += counterOf(exact, 'values') - counterOf(exact, 'zeros');
  }
  return zeroed / Math.max(1, some);
}

export function metricsOf({ records, observations, evaluations, stop }: Log): Metrics {
  const last = records.at(-1);
  const accuracy = evaluations.at(-1)?.accuracy;
  return {
    ...(last ? { finalLoss: lastLoss(records) } : {}),
    ...(accuracy === undefined ? {} : { accuracy }),
    skippedSteps: records.filter(({ skipped }) => skipped).length,
    // Only where gradients were counted.
    ...(observations.length > 0
      ? { underflowShare: underflowShare(observations), zeroedShare: zeroedShare(observations) }
      : {}),
    lostUpdateShare: last && last.updates > 0 ? last.lost / last.updates : 0,
    overflowCount: records.reduce((sum, { overflows }) => sum + overflows, 0),
    ...(last ? { lossScale: last.lossScale } : {}),
    ...(stop ? { stoppedAt: stop.step } : {}),
  };
}

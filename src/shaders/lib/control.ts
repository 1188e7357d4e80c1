/**
 * The numbers that steer a training step, f32 [16] on the GPU, so that no step waits for a read-back:
 * `grad-norm` adds each gradient's share, `loss-scale` draws the conclusions, the optimisers obey.
 */
export const control = {
  /** Loss scale of the next backward pass; first, so that it can be bound as the scale of a loss's gradient. */
  SCALE: 0,
  /** 1 / loss scale of the gradients that are there now. */
  INVERSE: 1,
  /** Finite steps since the scale last changed. */
  COUNTER: 2,
  /** 1: the gradients were not finite and nothing is updated. */
  SKIP: 3,
  /** Factor of the gradients that keeps their norm within bounds. */
  CLIP: 4,
  /** Norm of all unscaled gradients together, before clipping. */
  NORM: 5,
  /** Learning rate, written by the host. */
  RATE: 6,
  /** Updates made. */
  STEP: 7,
  /** 1 − β1^step and 1 − β2^step. */
  BIAS1: 8,
  BIAS2: 9,
  /** Σ of squares of unscaled gradients, and how many of them were not finite: gathered, then cleared. */
  SQUARES: 10,
  NOT_FINITE: 11,
  /** Steps skipped so far. */
  SKIPPED: 12,
  /** Gradients of the last step that were not finite. */
  OVERFLOWS: 13,
} as const;

export const CONTROL_SIZE = 16;

/** A control block; what is not said is what a first step in f32 needs. */
export function controlOf(
  values: Partial<Record<keyof typeof control, number>> = {},
): Float32Array<ArrayBuffer> {
  const block = new Float32Array(CONTROL_SIZE);
  const usual = { SCALE: 1, INVERSE: 1, CLIP: 1, RATE: 1e-3 };
  for (const [name, value] of Object.entries({ ...usual, ...values }))
    block[control[name as keyof typeof control]] = value;
  return block;
}

/** Sizes of what all recordings of a device share. */

/** Per-dispatch parameters: the queue orders writes, so every submission starts at slot 0 again. */
export const RING_SLOTS = 512;
/** The largest `minUniformBufferOffsetAlignment` that the specification allows. */
export const SLOT_BYTES = 256;
/** Timestamp pairs: the timed compute passes between two resolves. */
export const TIMED_PASSES = 512;

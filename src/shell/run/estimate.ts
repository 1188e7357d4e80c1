/** How long a sweep still takes: points grow, so the next one is taken to grow as the last did. */

/** @param took milliseconds of each finished point, in order */
export function estimateLeft(took: readonly number[], total: number): number | undefined {
  const left = total - took.length;
  const last = took.at(-1);
  if (last === undefined || left <= 0) return undefined;
  const before = took.at(-2);
  // Between staying the same and growing fourfold, as quadratic work does when its size doubles.
  const growth = before === undefined ? 1.5 : Math.min(4, Math.max(1, last / before));
  let sum = 0;
  let next = last;
  for (let i = 0; i < left; i++) {
    next *= growth;
    sum += next;
  }
  return sum;
}

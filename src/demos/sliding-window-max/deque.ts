/** The monotonic deque, step by step: what it held after each sample, what that sample threw out, what it gave. */
export interface DequeStep {
  /** The sample that came in. */
  readonly i: number;
  /** Positions held afterwards, front first; their values decrease strictly. */
  readonly held: readonly number[];
  /** Positions thrown out from the back because the new value is at least theirs, last one first. */
  readonly popped: readonly number[];
  /** The position that left at the front because it is k old. */
  readonly expired: number | null;
  /** The maximum of the window that ends here, once there is a whole one. */
  readonly output: number | null;
}

export function dequeSteps(x: ArrayLike<number>, k: number): DequeStep[] {
  const deque: number[] = [];
  return Array.from(x, (value, i) => {
    const popped: number[] = [];
    while (deque.length > 0 && x[deque.at(-1)!]! <= value) popped.push(deque.pop()!);
    deque.push(i);
    const expired = deque[0]! <= i - k ? deque.shift()! : null;
    return { i, held: [...deque], popped, expired, output: i >= k - 1 ? x[deque[0]!]! : null };
  });
}

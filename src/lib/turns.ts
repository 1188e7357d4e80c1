/** One at a time, in the order of asking: work that is timed must not meet other work. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves when those who asked before are done; the result ends the turn. */
  async take(): Promise<() => void> {
    const before = this.last;
    let end: () => void = () => undefined;
    this.last = new Promise<void>((resolve) => (end = resolve));
    await before;
    return end;
  }
}

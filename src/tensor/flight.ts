/**
 * How much may be queued on the GPU at once: what ends within a fraction of a second, since the page's frames wait
 * behind it on the same GPU, and yet enough to keep it busy. A queue that takes too long is halved, a quick one grows
 * by one piece: additive increase, multiplicative decrease.
 */
const SLOW_MS = 200;
/** Above a tenth of a second, in which one browser looks once for what has ended. */
const QUICK_MS = 130;
const MOST = 24;

export class Flight {
  private readonly ends: Promise<void>[] = [];
  /** Pieces that may be under way when another is begun. */
  private most = 2;

  constructor(
    /** Resolves when everything that was submitted has ended. */
    private readonly done: () => Promise<unknown>,
  ) {}

  /** After each submitted piece: resolves when the next may be submitted. */
  readonly next = async (): Promise<void> => {
    const began = performance.now();
    const end = this.done().then(() => {
      const ms = performance.now() - began;
      if (ms > SLOW_MS) this.most = Math.floor(this.most / 2);
      else if (ms < QUICK_MS) this.most = Math.min(MOST, this.most + 1);
    });
    // A lost device is told by others.
    end.catch(() => undefined);
    this.ends.push(end);
    while (this.ends.length > this.most) await this.ends.shift();
  };
}

/** How fast something advances, over the last few seconds: long enough to be steady, short enough to be of now. */
const WINDOW_MS = 5000;
/** Over less, a rate says nothing. */
const SHORTEST_MS = 300;

export class Meter {
  private samples: { readonly at: number; readonly done: number }[] = [];

  /** @param done so far, in any unit @param at milliseconds */
  note(done: number, at: number): void {
    // Begun anew: what was before says nothing of it.
    if (done < (this.samples.at(-1)?.done ?? 0)) this.samples = [];
    const first = this.samples.findIndex((sample) => at - sample.at <= WINDOW_MS);
    this.samples = first < 0 ? [] : this.samples.slice(first);
    this.samples.push({ at, done });
  }

  /** In a second; nothing before there is enough to tell. */
  get perSecond(): number | undefined {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (!first || !last || last.at - first.at < SHORTEST_MS) return undefined;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }
}

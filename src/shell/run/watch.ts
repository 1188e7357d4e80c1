/** What a page does with a runner by itself: checks settled results, and rests while the tab is hidden. */
import type { Runner } from '@/lab/runner';
import { estimateLeft } from './estimate';

/** The reader is still moving controls until this much later. */
const SETTLE_MS = 300;

/** While a process plays it is checked this often. */
const CHECK_MS = 60_000;

/** Checks every result once it stands still; a process that plays, at its beginning and now and then. */
export function keepVerified(runner: Runner): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let checked = { generation: -1, steps: -1, at: 0 };
  const check = (): void => {
    const { generation, steps } = runner.state;
    checked = { generation, steps, at: performance.now() };
    runner.verify().catch(() => undefined);
  };
  const look = (): void => {
    const { fresh, phase, generation, steps, playing } = runner.state;
    clearTimeout(timer);
    if (!fresh || phase !== 'ready') return;
    const again = checked.generation === generation;
    if (playing) {
      if (!again || performance.now() - checked.at > CHECK_MS) check();
    } else if (!again || checked.steps !== steps) timer = setTimeout(check, SETTLE_MS);
  };
  const stop = runner.subscribe(look);
  return () => {
    clearTimeout(timer);
    stop();
  };
}

export function watchVisibility(runner: Runner): () => void {
  const look = (): void => {
    if (document.hidden) runner.suspend();
    else runner.resume();
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}

/** Tells how many milliseconds a sweep still takes, from how long each finished point took. */
export function watchTimeLeft(runner: Runner, tell: (leftMs: number | undefined) => void): () => void {
  let marks: number[] = [];
  return runner.subscribe(() => {
    const { progress } = runner.state;
    if (!progress?.total) {
      if (marks.length > 0) tell(undefined);
      marks = [];
      return;
    }
    if (marks[0] !== progress.startedAt) marks = [progress.startedAt];
    if (progress.done < marks.length) return;
    marks.push(performance.now());
    const took = marks.slice(1).map((mark, i) => mark - (marks[i] ?? mark));
    // The last part is the first point again, the shortest of all.
    tell(estimateLeft(took, progress.total - 1));
  });
}

/** Times contenders by wall clock, interleaved: every round calls each once and waits for it once. */
import { summarise, type Summary } from '@/lib/stats';
import type { Contender } from './contract';

export interface RoundsOptions {
  /** Enough samples. */
  readonly samples?: number;
  /** What does once a contender has spent its budget. */
  readonly fewest?: number;
  readonly budgetMs?: number;
  readonly now?: () => number;
}

export async function rounds(
  contenders: readonly Pick<Contender, 'call'>[],
  { samples = 10, fewest = 3, budgetMs = 5000, now = () => performance.now() }: RoundsOptions = {},
): Promise<Summary[]> {
  const states = contenders.map((contender) => ({ contender, times: [] as number[], spentMs: 0 }));
  const done = ({ times, spentMs }: (typeof states)[number]): boolean =>
    times.length >= samples || (times.length >= fewest && spentMs >= budgetMs);
  for (const { contender } of states) await contender.call();
  while (!states.every(done)) {
    for (const state of states) {
      if (done(state)) continue;
      const started = now();
      await state.contender.call();
      const ms = now() - started;
      state.times.push(ms);
      state.spentMs += ms;
    }
  }
  return states.map(({ times }) => summarise(times));
}

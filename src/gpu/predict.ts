/** How long a run would take, told by running less of it. */
import type { Bound } from './bind';
import type { Device } from './device';
import { Recorder } from './recorder';

/**
 * Runs a growing share of the workgroups until the whole fits the budget (then it has run), or a share says that it
 * does not.
 */
export async function predictMs(
  device: Device,
  bound: Bound,
  budgetMs: number,
  signal?: AbortSignal,
): Promise<number> {
  const flopsOf = (passes: Bound['passes']): number => passes.reduce((sum, pass) => sum + pass.flops, 0);
  const first = 20 / Math.max(1e-9, new Recorder(device).add(bound).predictMs());
  for (let share = Math.min(1, first); ; share = Math.min(1, share * 8)) {
    const passes = bound.passes.map((pass) => {
      const groups = Math.ceil(pass.groups * share);
      return { ...pass, groups, flops: (pass.flops * groups) / Math.max(1, pass.groups) };
    });
    const run = async (): Promise<number> =>
      (await new Recorder(device).add({ ...bound, passes }).time(signal)).ms;
    let ms = await run();
    // First runs pay for cold memory, and a machine that does other work stalls: twice slow is slow.
    if (ms * 8 > budgetMs) ms = Math.min(ms, await run());
    if (share === 1 || ms * 8 > budgetMs) {
      return (ms * flopsOf(bound.passes)) / Math.max(1, flopsOf(passes));
    }
  }
}

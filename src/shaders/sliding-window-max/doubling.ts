/** Log-step doubling: ⌈log₂ k⌉ passes over the data, each a maximum of two. */
import { u32, type Pass, type Variant } from '@/gpu/kernel';
import { dims, linesOf, type Line, type WindowAttrs } from './dims';
import code from './doubling.wgsl?raw';
import { scratchBytes, shaderOf, sourceBinding, storing } from './store';

export const doubling: Variant<WindowAttrs> = {
  title: { en: 'log-step doubling', zh: '对数步倍增' },
  plan(problem) {
    const d = dims(problem);
    const steps = linesOf(d).flatMap(stepsOf);
    const scratch: Record<string, number> = {};
    let from = 'x';
    const passes = steps.map(({ count, shift }, i): Pass => {
      // Two buffers in turn; the last pass writes the result.
      const to = i === steps.length - 1 ? 'y' : i % 2 === 0 ? 'even' : 'odd';
      if (to !== 'y') scratch[to] = scratchBytes(d.h * d.w);
      const ends = { from, to };
      from = to;
      const store = storing(problem, d, ends);
      const outputs = count - shift;
      return {
        shader: shaderOf('doubling', code, store.shader),
        constants: { ...store.constants, SKEW: shift % 4 },
        params: {
          ...store.params,
          quads: u32(Math.ceil(count / 4)),
          outputs: u32(outputs),
          shift: u32(shift),
        },
        bindings: [sourceBinding(ends, 4), store.binding],
        groups: Math.ceil(outputs / 256),
        flops: 2 * outputs,
      };
    });
    return { scratch, passes };
  },
};

/** Each pass joins two runs, `shift` apart: 1, 2, 4, … and last what is left; `count` runs go in. */
export function stepsOf({ count, step, k }: Line): { readonly count: number; readonly shift: number }[] {
  const steps: { count: number; shift: number }[] = [];
  let left = count;
  for (let covered = 1; covered < k || steps.length === 0;) {
    const longer = Math.min(covered, k - covered);
    steps.push({ count: left, shift: longer * step });
    left -= longer * step;
    covered += longer;
  }
  return steps;
}

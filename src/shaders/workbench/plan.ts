/** A plan with WGSL of the reader's in place of shipped files, and the same with every loop limited. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32, type Binding, type Plan, type Shader } from '@/gpu/kernel';
import { limitLoops, MOST, MOST_TRIPS, TRIPS, type Loop } from './limits';

/** Text by file name; files that are not named are as shipped. */
export type Edits = Readonly<Record<string, string>>;

/** Every WGSL file of a plan once, as shipped: each pass's own, then what it uses. */
export function filesOf(plan: Plan): readonly Shader[] {
  const found = new Map<string, Shader>();
  const add = (shader: Shader): void => {
    if (found.has(shader.file)) return;
    found.set(shader.file, shader);
    shader.uses?.forEach(add);
  };
  for (const { shader } of plan.passes) add(shader);
  return [...found.values()];
}

function rewritten(plan: Plan, codeOf: (shader: Shader) => string): Plan {
  const rewrite = (shader: Shader): Shader => ({
    ...shader,
    code: codeOf(shader),
    ...(shader.uses && { uses: shader.uses.map(rewrite) }),
  });
  return { ...plan, passes: plan.passes.map((pass) => ({ ...pass, shader: rewrite(pass.shader) })) };
}

export const edited = (plan: Plan, edits: Edits): Plan =>
  rewritten(plan, ({ file, code }) => edits[file] ?? code);

export interface LimitedPlan {
  readonly plan: Plan;
  readonly loops: readonly Loop[];
  readonly most: number;
  /** Whether stopped loops are reported: every pass has a binding to spare for it. */
  readonly reports: boolean;
}

/** Its passes bind a buffer `TRIPS` of as many words as there are loops. `totals`: see `LimitOptions`. */
export function limited(plan: Plan, { limits }: Capabilities, totals: boolean): LimitedPlan {
  const reports = plan.passes.every(
    ({ bindings }) => bindings.length < limits.maxStorageBuffersPerShaderStage,
  );
  // No useful round does less than one operation, so a workgroup's operations bound the rounds of any of its loops.
  const useful = Math.max(0, ...plan.passes.map(({ flops, groups }) => (2 * flops) / Math.max(1, groups)));
  const most = Math.round(Math.min(16 * MOST_TRIPS, Math.max(MOST_TRIPS, useful)));
  const loops: Loop[] = [];
  const known = new Map<string, string>();
  const made = rewritten(plan, ({ file, code }) => {
    let text = known.get(file);
    if (text === undefined) {
      const found = limitLoops(file, code, { firstSlot: loops.length, reports, totals });
      loops.push(...found.loops);
      text = found.code;
      known.set(file, text);
    }
    return text;
  });
  const report: Binding = { name: TRIPS, access: 'read_write', dtype: 'u32', atomic: true };
  const passes = made.passes.map((pass) => ({
    ...pass,
    params: { ...pass.params, [MOST]: u32(most) },
    bindings: reports ? [...pass.bindings, report] : pass.bindings,
  }));
  return { plan: { ...made, passes }, loops, most, reports };
}

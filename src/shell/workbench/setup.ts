/** From an address to what the workbench works on: a kernel, one of its cases, a variant, the files of its plan. */
import { obstacle } from '../doctor/diagnose';
import { problemOf, unsupported } from '@/gpu/bind';
import { Device } from '@/gpu/device';
import { assemble } from '@/gpu/header';
import type { Case, KernelRoom, Plan, Problem } from '@/gpu/kernel';
import { textOf } from '@/lib/errors';
import { Random } from '@/lib/random';
import type { DType, HostTensors } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { Bench } from '@/shaders/workbench/bench';
import { filesOf } from '@/shaders/workbench/plan';

type Attrs = Record<string, unknown>;

/** The readers' own device: never that of the demos. */
export const bench = new Bench(async () => {
  const problem = obstacle({
    secure: isSecureContext,
    hasWebGpu: 'gpu' in navigator,
    userAgent: navigator.userAgent,
  });
  if (problem) throw problem;
  return Device.open(navigator.gpu);
});

export interface Choice {
  /** Its name, with a number where another case has the same. */
  readonly id: string;
  readonly group: 'checks' | 'timings';
  readonly test: Case<Attrs>;
  readonly inputs: () => HostTensors;
}

export function choicesOf({ cases }: KernelRoom): Choice[] {
  const seen = new Map<string, number>();
  const choice =
    (group: Choice['group'], stream: number) =>
    (test: Case<Attrs>, i: number): Choice => {
      const times = (seen.get(test.name) ?? 0) + 1;
      seen.set(test.name, times);
      const id = times === 1 ? test.name : `${test.name} (${times})`;
      return { id, group, test, inputs: () => test.inputs(new Random(1, stream + i)) };
    };
  return [...cases.timing.map(choice('timings', 2000)), ...cases.cases.map(choice('checks', 1000))];
}

export interface Asked {
  readonly variant: string | null;
  readonly case: string | null;
  readonly file: string | null;
}

export interface Setup {
  readonly choice: Choice;
  readonly inputs: HostTensors;
  readonly problem: Problem<Attrs>;
  readonly variant: string;
  /** Why this device cannot do it; then there are no files. */
  readonly reason: Text | undefined;
  readonly plan: Plan;
  /** Shipped texts by file name, the kernel's own first. */
  readonly shipped: Readonly<Record<string, string>>;
  readonly file: string;
  /** What was asked for and does not exist. */
  readonly unknown: readonly {
    readonly what: 'variant' | 'case';
    readonly value: string;
    readonly used: string;
  }[];
}

export function setUp(room: KernelRoom, choices: readonly Choice[], device: Device, asked: Asked): Setup {
  const { kernel } = room;
  const unknown: Setup['unknown'][number][] = [];
  const choice = choices.find(({ id }) => id === asked.case) ?? choices[0];
  if (!choice) throw new RangeError(`kernel ${kernel.name} has no cases`);
  if (asked.case !== null && choice.id !== asked.case)
    unknown.push({ what: 'case', value: asked.case, used: choice.id });
  const inputs = choice.inputs();
  const problem = problemOf(kernel, inputs, choice.test.attrs);
  const usual = kernel.defaultVariant(problem, device.caps);
  const variant = asked.variant !== null && asked.variant in kernel.variants ? asked.variant : usual;
  if (asked.variant !== null && variant !== asked.variant)
    unknown.push({ what: 'variant', value: asked.variant, used: variant });
  const reason = reasonOf(() => unsupported(device, kernel, problem, variant));
  const plan = reason
    ? { passes: [] }
    : (kernel.variants[variant]?.plan(problem, device.caps) ?? { passes: [] });
  const shipped = Object.fromEntries(filesOf(plan).map(({ file, code }) => [file, code]));
  const file = asked.file !== null && asked.file in shipped ? asked.file : (Object.keys(shipped)[0] ?? '');
  return { choice, inputs, problem, variant, reason, plan, shipped, file, unknown };
}

function reasonOf(ask: () => Text | undefined): Text | undefined {
  try {
    return ask();
  } catch (error) {
    return textOf(error);
  }
}

/** What stands before a file in the pass that it is of. */
export function headerOf({ plan, inputs, problem, file }: Setup, f16: boolean): string {
  const pass = plan.passes.find(({ shader }) =>
    filesOf({ passes: [{ ...plan.passes[0]!, shader }] }).some((s) => s.file === file),
  );
  if (!pass) return '';
  const specs = { ...inputs, ...problem.outputs };
  const { code, files } = assemble(
    pass,
    (b): DType => b.dtype ?? specs[b.buffer ?? b.name]?.dtype ?? 'f32',
    f16,
  );
  return code
    .split('\n')
    .slice(0, (files[1]?.line ?? 1) - 1)
    .join('\n');
}

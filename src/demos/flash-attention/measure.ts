/** The three operations at one point: forward, backward, decoding; naive, flash and the CPU, in the types asked for. */
import { problemOf } from '@/gpu/bind';
import { run } from '@/gpu/run';
import type { SeriesDecl } from '@/lab/demo';
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import type { HostTensors } from '@/lib/tensor';
import { kernel as backward } from '@/shaders/attention-backward/kernel';
import { visiblePairs, dims, type AttentionAttrs } from '@/shaders/attention/dims';
import { kernel as forward } from '@/shaders/attention/kernel';
import { measureKernel, type Cpu } from '@/shaders/measure';
import { attrsOf, normals, random, type Shape } from './inputs';
import type { Params } from './params';

const names = ['attention.forward', 'attention.backward', 'attention.decode'] as const;
type Name = (typeof names)[number];
type Dtype = Params['dtype'];

interface Task {
  readonly name: Name;
  readonly dtype: Dtype;
  /** Empty: naive and the best flash variant here. */
  readonly variants: readonly string[];
  readonly cpu: readonly Cpu[];
}

const cpus: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all', wasm: 'wasm' };

/** What to measure for these series, each operation and type once; without series everything that is worth it. */
export function tasksOf(series: readonly SeriesDecl[] | undefined, dtype: Dtype): Task[] {
  if (!series) {
    return [
      { name: 'attention.forward', dtype, variants: [], cpu: ['one', 'all', 'wasm'] },
      { name: 'attention.backward', dtype, variants: [], cpu: ['one'] },
      { name: 'attention.decode', dtype, variants: [], cpu: ['one'] },
    ];
  }
  const tasks: Task[] = [];
  for (const name of names) {
    for (const type of ['f32', 'f16'] as const) {
      const mine = series.filter((s) => s.name === name && (s.dtype ?? dtype) === type);
      if (mine.length === 0) continue;
      const variants = mine.flatMap((s) =>
        s.device !== 'cpu' && s.variant !== undefined ? [s.variant] : [],
      );
      const cpu = mine.flatMap((s) => (s.device === 'cpu' ? (cpus[s.variant ?? ''] ?? []) : []));
      tasks.push({ name, dtype: type, variants: [...new Set(variants)], cpu: [...new Set(cpu)] });
    }
  }
  return tasks;
}

/** @param full sizes of q, k and v at this point */
export async function* measure(
  ctx: Context,
  { params, series, budgetMs }: MeasurePoint<Params>,
  full: Shape,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const attrs = attrsOf(params);
  let drawn: { dtype: Dtype; inputs: HostTensors } | undefined;
  for (const task of tasksOf(series, params.dtype)) {
    signal.throwIfAborted();
    const { name, dtype } = task;
    // Times do not depend on the values: seeded normals serve, whatever the session shows.
    if (drawn?.dtype !== dtype) drawn = { dtype, inputs: await random(full, dtype, params.seed, signal) };
    const shape = name === 'attention.decode' ? { ...full, S: 1 } : full;
    const common = { name, shape: { ...shape }, dtype, cpu: task.cpu, budgetMs, signal };
    if (name === 'attention.backward') {
      const inputs = await backwardInputs(ctx, drawn.inputs, attrs, params.seed, signal);
      const pairs = visiblePairs(dims({ inputs, attrs }));
      // A row of this reference is a whole head: 10·pairs·D operations in float64.
      const checkRows = 10 * pairs * full.D * (full.H / full.Hkv) < 3e9 ? 1 : 0;
      const variants =
        task.variants.length > 0 ? task.variants : ['naive', await flashOf(ctx, backward, inputs, attrs)];
      yield* measureKernel(ctx, backward, inputs, attrs, { ...common, variants, checkRows });
      continue;
    }
    const inputs =
      name === 'attention.decode'
        ? {
            ...drawn.inputs,
            q: await normals(dtype, [full.B, full.H, 1, full.D], new Random(params.seed, 4), signal),
          }
        : drawn.inputs;
    const variants =
      task.variants.length > 0 ? task.variants : ['naive', await flashOf(ctx, forward, inputs, attrs)];
    yield* measureKernel(ctx, forward, inputs, attrs, { ...common, variants });
  }
}

/** The flash variant to run here: the tuner's pick, unless that is naive. */
export async function flashOf(
  { device, tuner }: Pick<Context, 'device' | 'tuner'>,
  kernel: typeof forward,
  inputs: HostTensors,
  attrs: AttentionAttrs,
): Promise<string> {
  const problem = problemOf(kernel, inputs, attrs);
  const { variant } = await tuner.pick(device, kernel, problem);
  return variant === 'naive' ? kernel.defaultVariant(problem, device.caps) : variant;
}

/** What backward needs besides q, k and v: the forward pass's o and lse, and a gradient from above. */
export async function backwardInputs(
  ctx: Context,
  inputs: HostTensors,
  attrs: AttentionAttrs,
  seed: number,
  signal: AbortSignal,
): Promise<HostTensors> {
  const variant = await flashOf(ctx, forward, inputs, attrs);
  const { o, lse } = await run(ctx.device, forward, inputs, attrs, { variant, signal });
  const grad = await normals(o!.dtype, o!.shape, new Random(seed, 5), signal);
  return { ...inputs, o: o!, lse: lse!, do: grad };
}

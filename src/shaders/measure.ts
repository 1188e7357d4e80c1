/**
 * Times and weighs a kernel's variants at one point, interleaved, each held against the reference first; then the
 * CPU's baselines. A contender that cannot run, is wrong or is too slow is a measurement without a time and says why.
 */
import { bind, problemOf, totalBytes, unsupported, type Bound } from '@/gpu/bind';
import type { Kernel, Problem } from '@/gpu/kernel';
import { predictMs } from '@/gpu/predict';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs, resetOutputs, withoutUpdated } from '@/gpu/run';
import { sampleRows } from '@/gpu/rows';
import { time } from '@/gpu/timing';
import { uploadAll } from '@/gpu/transfer';
import type { Measurement } from '@/lab/report';
import type { Context } from '@/lab/session';
import { LabError, textOf } from '@/lib/errors';
import type { CpuOptions } from '@/lib/pool';
import type { HostTensors } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { ceilings, floorMs } from './ceilings';
import { hasLibrary } from './index';
import { judgeRows, type Sample, type VerifyOptions } from './verify';

export type Bench = Pick<Context, 'device' | 'scope' | 'pool' | 'tuner'>;

/** CPU contenders; as measurements, their variants are `one-core`, `all-cores` and `wasm`. */
export type Cpu = 'one' | 'all' | 'wasm';

export interface MeasureOptions {
  /** `Measurement.name`, as in "attention.forward". */
  readonly name: string;
  /** Default all that this adapter can run. */
  readonly variants?: readonly string[];
  /** What the report says of the sizes. */
  readonly shape: Readonly<Record<string, number>>;
  readonly dtype: string;
  readonly cpu: readonly Cpu[];
  /** A contender that would take longer than this per run is left out. */
  readonly budgetMs: number;
  /** Rows held against the reference before a variant is timed, default 16; 0 where that was done elsewhere. */
  readonly checkRows?: number;
  readonly tolerance?: VerifyOptions['tolerance'];
  readonly signal: AbortSignal;
}

const cpuVariants = { one: 'one-core', all: 'all-cores', wasm: 'wasm' } as const;

export async function* measureKernel<A>(
  bench: Bench,
  kernel: Kernel<A>,
  inputs: HostTensors,
  attrs: A,
  options: MeasureOptions,
): AsyncGenerator<Measurement> {
  const problem = problemOf(kernel, inputs, attrs);
  const work = kernel.work(problem);
  const common = { name: options.name, shape: { ...options.shape }, flops: work.flops, bytes: work.bytes };
  const finish = (m: Omit<Measurement, keyof typeof common>): Measurement => {
    const rate = m.timeMs
      ? { gflops: work.flops / m.timeMs.median / 1e6, gbps: work.bytes / m.timeMs.median / 1e6 }
      : {};
    return { ...common, ...m, ...rate };
  };
  for (const found of await gpuSide(bench, kernel, problem, inputs, options)) yield finish(found);
  for (const cpu of options.cpu) {
    const found = await cpuSide(bench, kernel, problem, inputs, cpu, options);
    if (found) yield finish(found);
  }
}

type Found = Omit<Measurement, 'name' | 'shape' | 'flops' | 'bytes'>;

async function gpuSide<A>(
  { device, scope, pool, tuner }: Bench,
  kernel: Kernel<A>,
  problem: Problem<A>,
  inputs: HostTensors,
  options: MeasureOptions,
): Promise<Found[]> {
  const { signal, dtype, budgetMs, checkRows = 16 } = options;
  const wanted = options.variants ?? Object.keys(kernel.variants);
  if (wanted.length === 0) return [];
  const floor = floorMs(kernel.work(problem), await ceilings(device, signal));
  const picked = await tuner.pick(device, kernel, problem);
  const total = kernel.rows(problem);
  const rows = sampleRows(total, checkRows);
  const expected =
    checkRows > 0 ? await pool.reference(kernel.name, inputs, problem.attrs, rows, signal) : {};
  const sample: Sample = { total, rows, expected };

  // Inputs and outputs serve all variants in turn; what each adds is counted in a scope of its own.
  const shared = scope.child(`measure ${kernel.name}`);
  try {
    const outputs = makeOutputs(device, shared, problem.outputs, inputs);
    const tensors = { ...uploadAll(device, shared, withoutUpdated(inputs, outputs)), ...outputs };
    const found: Found[] = [];
    const contenders: { name: string; bound: Bound; about: Omit<Found, 'timeMs'> }[] = [];
    for (const variant of wanted) {
      signal.throwIfAborted();
      const own = shared.child(variant);
      const before = shared.live;
      const about = (compileMs: number | null): Omit<Found, 'timeMs'> => ({
        device: 'gpu',
        variant,
        dtype,
        compileMs,
        floorMs: floor,
        peakBytes: before - heldBy(contenders) + own.peak,
        workspaceBytes: own.peak,
        tuned: picked.tuned && picked.variant === variant,
      });
      const leaveOut = (note: Text): void => {
        found.push({ ...about(null), timeMs: null, note });
        own.close();
      };
      const reason = unsupported(device, kernel, problem, variant);
      if (reason !== undefined) {
        if (options.variants) leaveOut(reason);
        continue;
      }
      let bound: Bound;
      try {
        bound = await bind(device, own, kernel, problem, tensors, variant);
      } catch (error) {
        if (!(error instanceof LabError) || !/^gpu\.(memory|limit)$/.test(error.code)) throw error;
        leaveOut(textOf(error));
        continue;
      }
      const predicted = await predictMs(device, bound, budgetMs, signal);
      if (predicted > budgetMs) {
        const ms = predicted.toPrecision(2);
        leaveOut({
          en: `left out: about ${ms} ms a run, the budget is ${budgetMs} ms`,
          zh: `未参与：每次约 ${ms} 毫秒，而预算是 ${budgetMs} 毫秒`,
        });
        continue;
      }
      resetOutputs(device, outputs, inputs);
      await new Recorder(device).add(bound).run(signal);
      const checks = await judgeRows(device, inputs, outputs, options.name, sample, options.tolerance);
      const wrong = checks.find((check) => !check.pass);
      if (wrong) {
        const error = wrong.relError.toExponential(1);
        leaveOut({
          en: `wrong: ${wrong.name} is off by ${error}, allowed ${wrong.tolerance}`,
          zh: `结果有误：${wrong.name} 的误差是 ${error}，允许 ${wrong.tolerance}`,
        });
        continue;
      }
      contenders.push({ name: variant, bound, about: about(bound.compileMs) });
    }
    const timed = await time(device, contenders, { signal, budgetMs: Math.min(1500, budgetMs) });
    timed.forEach(({ timeMs }, i) => {
      const { about } = contenders[i]!;
      found.push({ ...about, timeMs, ...(timeMs ? {} : { note: tooFast }) });
    });
    return wanted.flatMap((variant) => found.filter((m) => m.variant === variant));
  } finally {
    shared.close();
  }
}

const tooFast: Text = { en: 'too fast to measure', zh: '太快，无法计时' };

const heldBy = (contenders: readonly { readonly about: Omit<Found, 'timeMs'> }[]): number =>
  contenders.reduce((sum, { about }) => sum + about.workspaceBytes, 0);

async function cpuSide<A>(
  { pool }: Bench,
  kernel: Kernel<A>,
  problem: Problem<A>,
  inputs: HostTensors,
  cpu: Cpu,
  { dtype, budgetMs, signal }: MeasureOptions,
): Promise<Found | undefined> {
  if (cpu === 'wasm' && !hasLibrary(kernel.name)) return undefined;
  const timing: CpuOptions = {
    competitor: cpu === 'wasm' ? 'wasm' : 'baseline',
    workers: cpu === 'all' ? 'all' : 'one',
    budgetMs,
    signal,
  };
  const timed = await pool.time(kernel.name, inputs, problem.attrs, kernel.rows(problem), timing);
  // Firefox's clock has steps of a millisecond: what ended within one has no time.
  const measurable = timed && timed.time.median > 0 ? timed : null;
  const note = !timed
    ? tooLong(budgetMs)
    : measurable
      ? cpu === 'all' && workersText(timed.workers)
      : tooFast;
  return {
    device: 'cpu',
    variant: cpuVariants[cpu],
    // Baselines compute in f32 whatever the storage.
    dtype: dtype === 'f16' ? 'f32' : dtype,
    timeMs: measurable && { ...measurable.time, method: 'performance' },
    peakBytes: totalBytes({ ...problem.inputs, ...problem.outputs }),
    workspaceBytes: 0,
    tuned: false,
    ...(note ? { note } : {}),
  };
}

const workersText = (n: number): Text => ({
  en: `${n} ${n === 1 ? 'worker' : 'workers'}`,
  zh: `${n} 个工作线程`,
});
const tooLong = (budgetMs: number): Text => ({
  en: `left out: more than ${budgetMs} ms a run`,
  zh: `未参与：每次超过 ${budgetMs} 毫秒`,
});

/**
 * Runs kernels that readers edited: on a device of its own, which is replaced when it is lost or does not answer, first
 * with limited loops and few workgroups, against the float64 reference, and only then as written, against the shipped
 * variant. Whatever the text does, the caller gets a verdict or a `LabError`.
 */
import { bind, bindPlan, problemOf, unsupported, type Bound, type Tensors } from '@/gpu/bind';
import type { Expected } from '@/gpu/check';
import type { Device } from '@/gpu/device';
import type { Case, Kernel, Plan, Problem } from '@/gpu/kernel';
import { predictMs } from '@/gpu/predict';
import { Recorder } from '@/gpu/recorder';
import { sampleRows } from '@/gpu/rows';
import { makeOutputs, resetOutputs, withoutUpdated } from '@/gpu/run';
import { time, type Timed } from '@/gpu/timing';
import { download, uploadAll } from '@/gpu/transfer';
import { LabError } from '@/lib/errors';
import type { HostTensors } from '@/lib/tensor';
import { ceilings, floorMs } from '../ceilings';
import { compileErrors, type CompileError } from './compile';
import { judgeOutputs, type OutputCheck } from './judge';
import { TRIPS, type Loop } from './limits';
import { edited, limited, type Edits } from './plan';

type Attrs = Record<string, unknown>;

export interface Job {
  readonly kernel: Kernel;
  readonly variant: string;
  readonly test: Case<Attrs>;
  readonly inputs: HostTensors;
  readonly edits: Edits;
  /** The kernel's reference, in a worker where there are any. */
  reference(rows: readonly number[]): Promise<Readonly<Record<string, Float64Array>>>;
  readonly signal?: AbortSignal | undefined;
  /** What goes on, for people to see. */
  readonly at?: ((stage: Stage) => void) | undefined;
}

export type Stage = 'compile' | 'reference' | 'check' | 'time';

export type Verdict =
  | { readonly kind: 'compile'; readonly errors: readonly CompileError[] }
  | { readonly kind: 'stopped'; readonly loops: readonly Loop[]; readonly most: number }
  | { readonly kind: 'slow'; readonly predictedMs: number; readonly budgetMs: number }
  | {
      readonly kind: 'checked';
      readonly checks: readonly OutputCheck[];
      readonly pass: boolean;
      /** Nothing where there was no more to learn, or it was cancelled. */
      readonly timing: Timing;
      readonly reportsLoops: boolean;
    };

export interface Timing {
  readonly yours: Timed['timeMs'];
  readonly shipped: Timed['timeMs'];
  /** t_min = max(flops / P, bytes / BW). */
  readonly floorMs: number;
  /** Whether what was timed had its loops limited: it was wrong, so nobody knows whether its loops end. */
  readonly limited: boolean;
}

export interface BenchOptions {
  /** Longest run of a kernel; one that would take longer is not run whole, and one that does costs the device. */
  readonly budgetMs?: number;
}

/** Compiling, on some adapters at the first dispatch, is waited for this much longer. */
const COMPILE_MS = 20_000;
/** Rows held against the reference. */
const ROWS = 256;

export class Bench {
  private opened: Promise<Device> | undefined;
  private readonly budgetMs: number;

  constructor(
    private readonly open: () => Promise<Device>,
    { budgetMs = 10_000 }: BenchOptions = {},
  ) {
    this.budgetMs = budgetMs;
  }

  /** The device: a new one after the last was lost. */
  device(): Promise<Device> {
    if (!this.opened) {
      const opening = this.open();
      this.opened = opening;
      const forget = (): void => {
        if (this.opened === opening) this.opened = undefined;
      };
      opening.then((device) => void device.lost.then(forget), forget);
    }
    return this.opened;
  }

  close(): void {
    void this.opened?.then(
      (device) => device.close(),
      () => undefined,
    );
    this.opened = undefined;
  }

  async run(job: Job): Promise<Verdict> {
    const { kernel, test, variant, inputs, edits, signal } = job;
    const device = await this.device();
    const problem = problemOf(kernel, inputs, test.attrs);
    const shipped = planOf(device, kernel, problem, variant);
    const plan = edited(shipped, edits);
    job.at?.('compile');
    const specs = { ...inputs, ...problem.outputs };
    const errors = await this.watched(device, COMPILE_MS, () => compileErrors(device, plan, specs));
    if (errors.length > 0) return { kind: 'compile', errors };

    job.at?.('reference');
    const total = kernel.rows(problem);
    const rows = sampleRows(total, ROWS);
    const expected: Expected = { total, rows, values: await job.reference(rows) };
    signal?.throwIfAborted();

    const scope = device.root.child(`workbench ${kernel.name}`);
    try {
      const outputs = makeOutputs(device, scope, problem.outputs, inputs);
      const tensors = { ...uploadAll(device, scope, withoutUpdated(inputs, outputs)), ...outputs };
      job.at?.('check');
      const strict = limited(plan, device.caps, true);
      const refused = await this.watched(device, COMPILE_MS, () => compileErrors(device, strict.plan, specs));
      const safe = refused.length === 0 ? strict : limited(plan, device.caps, false);
      const trips = scope.tensor(TRIPS, { dtype: 'u32', shape: [Math.max(1, safe.loops.length)] });
      const given: Tensors = { ...tensors, [TRIPS]: trips };
      let bound: Bound;
      try {
        bound = await this.watched(device, COMPILE_MS, () =>
          bindPlan(device, scope.child('limited'), safe.plan, given, variant),
        );
      } catch (error) {
        const objection = objectionOf(error);
        if (!objection) throw error;
        return { kind: 'compile', errors: [objection] };
      }
      const stopped = async (): Promise<Verdict | undefined> => {
        const { data } = await download(device, trips);
        const loops = safe.loops.filter((_, slot) => data[slot] !== 0);
        return loops.length > 0 ? { kind: 'stopped', loops, most: safe.most } : undefined;
      };
      const predicted = await this.tryOut(device, bound, stopped, signal);
      if (typeof predicted !== 'number') return predicted;

      resetOutputs(device, outputs, inputs);
      await this.watched(device, this.budgetMs + predicted, () =>
        new Recorder(device).add(bound).run(signal),
      );
      const ended = await stopped();
      if (ended) return ended;
      const checks = await judgeOutputs(device, test, inputs, outputs, expected);
      const pass = checks.every((check) => check.pass);

      job.at?.('time');
      const own = pass ? await bindPlan(device, scope.child('yours'), plan, tensors, variant) : bound;
      const other = await bind(device, scope.child('shipped'), kernel, problem, tensors, variant);
      const timing = await this.race(device, own, other, predicted, signal);
      const floor = floorMs(kernel.work(problem), await ceilings(device, signal));
      return {
        kind: 'checked',
        ...{ checks, pass, reportsLoops: safe.reports },
        timing: { ...timing, floorMs: floor, limited: !pass && safe.loops.length > 0 },
      };
    } finally {
      scope.close();
    }
  }

  /**
   * Pass after pass, each by a growing share of its workgroups: a loop without end and a run past the budget show while
   * little of them runs. Later passes find what earlier ones wrote whole. @returns predicted milliseconds of all
   */
  private async tryOut(
    device: Device,
    bound: Bound,
    stopped: () => Promise<Verdict | undefined>,
    signal?: AbortSignal,
  ): Promise<number | Verdict> {
    let all = 0;
    for (const pass of bound.passes) {
      for (let groups = Math.min(1, pass.groups); ; groups = Math.min(pass.groups, groups * 8)) {
        const share = { ...bound, passes: [{ ...pass, groups, flops: (pass.flops * groups) / pass.groups }] };
        const run = (extraMs: number): Promise<number> =>
          this.watched(device, this.budgetMs + extraMs, async () => {
            const { ms } = await new Recorder(device).add(share).time(signal);
            return ms;
          });
        // The first run may pay for a compilation, so the second one counts.
        let ms = await run(groups === 1 ? COMPILE_MS : 0);
        const ended = await stopped();
        if (ended) return ended;
        if (groups === 1) ms = Math.min(ms, await run(0));
        const predicted = all + (ms * pass.groups) / Math.max(1, groups);
        if (predicted > this.budgetMs && ms * 8 > this.budgetMs / 8)
          return { kind: 'slow', predictedMs: predicted, budgetMs: this.budgetMs };
        if (groups === pass.groups) {
          all += ms;
          break;
        }
      }
    }
    return all;
  }

  private async race(
    device: Device,
    yours: Bound,
    shipped: Bound,
    predicted: number,
    signal?: AbortSignal,
  ): Promise<{ yours: Timed['timeMs']; shipped: Timed['timeMs'] }> {
    const theirs = await this.watched(device, this.budgetMs + COMPILE_MS, () =>
      predictMs(device, shipped, this.budgetMs, signal),
    );
    const contenders = [
      { name: 'yours', bound: yours },
      ...(theirs > this.budgetMs ? [] : [{ name: 'shipped', bound: shipped }]),
    ];
    // A first run, the window, and three samples of each at least.
    const most = this.budgetMs + COMPILE_MS + 8 * (predicted + Math.min(theirs, this.budgetMs));
    const timed = await this.watched(device, most, () =>
      time(device, contenders, { signal, budgetMs: 1500 }),
    );
    return { yours: timed[0]?.timeMs ?? null, shipped: timed[1]?.timeMs ?? null };
  }

  /** Work that takes longer than `ms`, or during which the device is lost, costs the device, which is replaced. */
  private async watched<T>(device: Device, ms: number, work: () => Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new LabError('workbench.hung', { seconds: Math.max(1, Math.round(ms / 1000)) }));
        this.close();
      }, ms);
    });
    const lost = device.lost.then(({ message, reason }): never => {
      throw new LabError('workbench.lost', { reason: message || reason });
    });
    // Whichever comes too late to be heard must not go unhandled.
    lost.catch(() => undefined);
    const working = work();
    working.catch(() => undefined);
    try {
      return await Promise.race([working, late, lost]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The shipped plan; throws `variant.unsupported` where this device cannot do it. */
export function planOf(device: Device, kernel: Kernel, problem: Problem<Attrs>, variant: string): Plan {
  const reason = unsupported(device, kernel, problem, variant);
  if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
  return kernel.variants[variant]?.plan(problem, device.caps) ?? { passes: [] };
}

/** What only a pipeline shows: a workgroup too large, no entry point. */
function objectionOf(error: unknown): CompileError | undefined {
  if (!(error instanceof LabError) || error.code !== 'gpu.compile') return undefined;
  const { file, line, message } = error.values;
  return { file: String(file), line: Number(line), column: 0, length: 0, message: String(message) };
}

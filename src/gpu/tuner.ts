/**
 * Picks a kernel's variant for this adapter: the default at once, a measured winner after tuning, which is kept
 * per adapter, features, limits and source. Each contender is checked against the others' answer before it counts.
 */
import { compare } from '@/lib/compare';
import { LabError, textOf, type ErrorCode } from '@/lib/errors';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { bind, problemOf, unsupported, type Tensors } from './bind';
import { assemble } from './header';
import type { Device } from './device';
import type { Kernel, Problem } from './kernel';
import { predictMs } from './predict';
import { Recorder } from './recorder';
import { makeOutputs, resetOutputs, withoutUpdated } from './run';
import { time, type Contender, type Timed } from './timing';
import { download, uploadAll } from './transfer';

/** A variant predicted to be so many times slower than the best so far is not timed; none may take so long. */
const HOPELESS = 8;
const LONGEST_MS = 8000;

export interface TuningStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, winner: string): Promise<void>;
}

export interface Contest {
  readonly winner: string;
  readonly entries: readonly {
    readonly variant: string;
    readonly timed?: Timed;
    /** Unsupported, too slow to time, wrong, or failed: why. */
    readonly reason?: Text;
    /** The error's code, unless it is just unsupported. */
    readonly code?: ErrorCode;
  }[];
}

export class Tuner {
  private readonly winners = new Map<string, string>();

  constructor(private readonly store: TuningStore) {}

  /** The variant to run now: a known winner, or the default. */
  async pick<A>(
    device: Device,
    kernel: Kernel<A>,
    problem: Problem<A>,
  ): Promise<{ variant: string; tuned: boolean }> {
    const key = await keyOf(device, kernel, problem);
    const winner = this.winners.get(key) ?? (await this.store.get(key));
    if (
      winner !== undefined &&
      Object.hasOwn(kernel.variants, winner) &&
      unsupported(device, kernel, problem, winner) === undefined
    ) {
      this.winners.set(key, winner);
      return { variant: winner, tuned: true };
    }
    return { variant: kernel.defaultVariant(problem, device.caps), tuned: false };
  }

  /** Times every variant that can run, on the caller's own inputs, and keeps the fastest correct one. */
  async tune<A>(
    device: Device,
    kernel: Kernel<A>,
    inputs: HostTensors,
    attrs: A,
    signal?: AbortSignal,
  ): Promise<Contest> {
    const problem = problemOf(kernel, inputs, attrs);
    const scope = device.root.child(`tune ${kernel.name}`);
    const entries: Contest['entries'][number][] = [];
    try {
      const contenders: Contender[] = [];
      const shared = uploadAll(device, scope, withoutUpdated(inputs, problem.outputs));
      const agreed = new Map<string, ArrayLike<number>>();
      const likely = kernel.defaultVariant(problem, device.caps);
      let bestMs = LONGEST_MS / HOPELESS;
      for (const variant of new Set([likely, ...Object.keys(kernel.variants)])) {
        const reason = unsupported(device, kernel, problem, variant);
        if (reason !== undefined) {
          entries.push({ variant, reason });
          continue;
        }
        const own = scope.child(variant);
        try {
          const outputs = makeOutputs(device, own, problem.outputs, inputs);
          const bound = await bind(device, own, kernel, problem, { ...shared, ...outputs }, variant);
          const predicted = await predictMs(device, bound, HOPELESS * bestMs, signal);
          if (predicted > HOPELESS * bestMs) {
            throw new LabError('tuner.slow', { ms: predicted.toPrecision(2), best: bestMs.toPrecision(2) });
          }
          bestMs = Math.min(bestMs, predicted);
          // A prediction may have run a share only: what is compared must be whole.
          resetOutputs(device, outputs, inputs);
          await new Recorder(device).add(bound).run(signal);
          await agree(
            device,
            outputs,
            agreed,
            Object.values(inputs).some((t) => t.dtype === 'f16') ? 4e-3 : 1e-3,
          );
          contenders.push({ name: variant, bound });
        } catch (error) {
          signal?.throwIfAborted();
          if (!(error instanceof LabError)) throw error;
          entries.push({ variant, reason: textOf(error), code: error.code });
          own.close();
        }
      }
      const timed = await time(device, contenders, { signal, budgetMs: 1500 });
      for (const t of timed) entries.push({ variant: t.name, timed: t });
      const ranked = timed
        .filter((t) => t.timeMs)
        .sort((a, b) => (a.timeMs?.median ?? 0) - (b.timeMs?.median ?? 0));
      const winner = ranked[0]?.name ?? likely;
      const key = await keyOf(device, kernel, problem);
      this.winners.set(key, winner);
      await this.store.set(key, winner);
      return { winner, entries };
    } finally {
      scope.close();
    }
  }
}

/** Throws where an answer differs from the one before; the first answer stands. */
async function agree(
  device: Device,
  outputs: Tensors,
  agreed: Map<string, ArrayLike<number>>,
  tolerance: number,
): Promise<void> {
  for (const [name, tensor] of Object.entries(outputs)) {
    const values = valuesOf(await download(device, tensor));
    const expected = agreed.get(name);
    if (!expected) {
      agreed.set(name, values);
      continue;
    }
    const { relError, notFinite } = compare(values, expected);
    if (notFinite > 0 || relError > tolerance) {
      throw new LabError('tuner.wrong', { name, error: relError.toExponential(1) });
    }
  }
}

/** Sizes within a power of two share a winner; adapter, features, limits and WGSL are part of the key. */
async function keyOf<A>(device: Device, kernel: Kernel<A>, problem: Problem<A>): Promise<string> {
  const bucket = Object.entries(problem.inputs).map(([name, { dtype, shape }]) => {
    const axes = shape.map((size) => Math.round(Math.log2(Math.max(1, size))));
    return `${name}:${dtype}[${axes.join()}]`;
  });
  const plans = Object.keys(kernel.variants)
    .filter((variant) => unsupported(device, kernel, problem, variant) === undefined)
    .flatMap((variant) => kernel.variants[variant]?.plan(problem, device.caps).passes ?? [])
    .map(
      (pass) =>
        assemble(
          { ...pass, params: {} },
          (b) => b.dtype ?? problem.inputs[b.buffer ?? b.name]?.dtype ?? 'f32',
          device.caps.f16,
        ).code,
    );
  const { adapter, features, limits } = device.caps;
  const text = JSON.stringify([adapter, features, limits, plans, problem.attrs]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = [...new Uint8Array(hash).subarray(0, 12)].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${kernel.name}|${bucket.join('|')}|${hex}`;
}

/** Winners for as long as the process lives. */
export function memoryStore(): TuningStore {
  const map = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(map.get(key)),
    set: (key, winner) => {
      map.set(key, winner);
      return Promise.resolve();
    },
  };
}

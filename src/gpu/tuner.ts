/**
 * Picks a kernel's variant for this adapter: the default at once, a measured winner after tuning, which is kept
 * per adapter, features, limits and source. Each contender is checked against the others' answer before it counts.
 */
import { compare } from '@/lib/compare';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import { bind, problemOf, unsupported } from './bind';
import { assemble } from './header';
import type { Device } from './device';
import type { Kernel, Problem } from './kernel';
import { Recorder } from './recorder';
import { makeOutputs } from './run';
import { time, type Timed } from './timing';
import { download, uploadAll } from './transfer';

export interface TuningStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, winner: string): Promise<void>;
}

export interface Contest {
  readonly winner: string;
  readonly entries: readonly {
    readonly variant: string;
    readonly timed?: Timed;
    /** Unsupported, wrong, or failed: why. */
    readonly reason?: string;
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
      winner in kernel.variants &&
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
    const entries: { variant: string; timed?: Timed; reason?: string }[] = [];
    try {
      const contenders = [];
      const uploaded = uploadAll(device, scope, inputs);
      const f16 = Object.values(inputs).some((t) => t.dtype === 'f16');
      const agreed = new Map<string, ArrayLike<number>>();
      const names = Object.keys(kernel.variants).sort(
        (a, b) => Number(b === 'naive') - Number(a === 'naive'),
      );
      for (const variant of names) {
        const reason = unsupported(device, kernel, problem, variant);
        if (reason !== undefined) {
          entries.push({ variant, reason });
          continue;
        }
        const outputs = makeOutputs(device, scope, problem.outputs);
        const bound = await bind(device, scope, kernel, problem, { ...uploaded, ...outputs }, variant);
        await new Recorder(device).add(bound).run(signal);
        let wrong: string | undefined;
        for (const [name, tensor] of Object.entries(outputs)) {
          const values = valuesOf(await download(device, tensor));
          const expected = agreed.get(name);
          if (!expected) agreed.set(name, values);
          else {
            const { relError, notFinite } = compare(values, expected);
            if (notFinite > 0 || relError > (f16 ? 4e-3 : 1e-3))
              wrong = `${name} differs from the other variants' by ${relError.toExponential(1)}`;
          }
        }
        if (wrong === undefined) contenders.push({ name: variant, bound });
        else entries.push({ variant, reason: wrong });
      }
      const timed = await time(device, contenders, { signal, budgetMs: 1500 });
      for (const t of timed) entries.push({ variant: t.name, timed: t });
      const ranked = timed
        .filter((t) => t.timeMs)
        .sort((a, b) => (a.timeMs?.median ?? 0) - (b.timeMs?.median ?? 0));
      const winner = ranked[0]?.name ?? kernel.defaultVariant(problem, device.caps);
      const key = await keyOf(device, kernel, problem);
      this.winners.set(key, winner);
      await this.store.set(key, winner);
      return { winner, entries };
    } finally {
      scope.close();
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

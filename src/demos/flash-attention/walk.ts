/** What the instrumented kernel tells: one row's walk over the key tiles. */
import { bindPlan, problemOf, type Tensors } from '@/gpu/bind';
import { u32, type Problem } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { download } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import { valuesOf } from '@/lib/tensor';
import { kernel } from '@/shaders/attention-trace/kernel';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import type { Tiling } from './tiles';

/** After a key tile: the row's m, ℓ and O as its invocation held them. */
export interface Step {
  readonly visited: boolean;
  readonly m: number;
  readonly l: number;
  /** Not yet divided by ℓ. */
  readonly o: Float32Array;
}

export interface RowTrace {
  /** One for each key tile. */
  readonly steps: readonly Step[];
  readonly o: Float32Array;
  readonly lse: number;
}

type Bench = Pick<Context, 'device' | 'scope'>;

/** Runs the workgroup of row s of head b·H + h alone: the others would only compute what is not asked. */
export async function traceRow(
  { device, scope }: Bench,
  { q, k, v, mask }: Tensors,
  { attrs }: Problem<AttentionAttrs>,
  head: number,
  s: number,
  { tileQ, tileK }: Tiling,
  signal: AbortSignal,
): Promise<RowTrace> {
  const given = { q: q!, k: k!, v: v!, ...(mask && { mask }) };
  const S = given.q.shape[2] ?? 1;
  const D = given.q.shape[3] ?? 1;
  const row = head * S + s;
  const problem = problemOf(kernel, given, { ...attrs, 'tile-q': tileQ, 'tile-k': tileK, row });
  const own = scope.child('trace');
  try {
    const outputs = makeOutputs(device, own, problem.outputs);
    const plan = kernel.variants.flash!.plan(problem, device.caps);
    const group = head * Math.ceil(S / tileQ) + Math.floor(s / tileQ);
    const passes = plan.passes.map((pass) => ({
      ...pass,
      params: { ...pass.params, first: u32(group) },
      groups: 1,
      flops: pass.flops / pass.groups,
    }));
    const bound = await bindPlan(device, own, { passes }, { ...given, ...outputs }, 'flash');
    await new Recorder(device).add(bound).run(signal);
    const trace = valuesOf(await download(device, outputs.trace!)) as Float32Array;
    const o = valuesOf(await download(device, outputs.o!, { from: row * D, count: D }));
    const lse = valuesOf(await download(device, outputs.lse!, { from: row, count: 1 }));
    return { steps: stepsOf(trace, D), o: Float32Array.from(o), lse: lse[0]! };
  } finally {
    own.close();
  }
}

/** Rows of `trace` [tiles, 3 + D]. */
export function stepsOf(trace: Float32Array, D: number): Step[] {
  return Array.from({ length: trace.length / (3 + D) }, (_, j) => {
    const [m = 0, l = 0, visited = 0] = trace.subarray(j * (3 + D));
    return { m, l, visited: visited === 1, o: trace.slice(j * (3 + D) + 3, (j + 1) * (3 + D)) };
  });
}

/** What the instrumented kernel tells: one row's walk over the key tiles, and loads counted over tile sizes. */
import { bindPlan, problemOf, type Tensors } from '@/gpu/bind';
import { u32, type Problem } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { download, uploadAll } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import { valuesOf } from '@/lib/tensor';
import { kernel } from '@/shaders/attention-trace/kernel';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import { random, type Shape } from './inputs';
import { onChipBytes, type Tiling } from './tiles';

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

export interface Traffic {
  /** The sequence length that was counted at. */
  readonly n: number;
  readonly D: number;
  readonly points: readonly {
    readonly tile: number;
    readonly onChipBytes: number;
    /** Bytes of q, k and v that all workgroups read. */
    readonly counted: number;
    /** 8·N²d²/M words and q once; without masks. */
    readonly predicted: number;
  }[];
  /** Writing and reading an N×N matrix of scores and of probabilities: 4·N² words. */
  readonly matrix: number;
}

/** Longer sequences are counted at this length: the law is the same, and every load is really made. */
const MOST_N = 1024;
const sizes = [8, 16, 32, 64, 128] as const;

/** One head of the current restriction at several tile sizes; counts do not depend on the values. */
export async function countTraffic(
  { device, scope }: Bench,
  shape: Shape,
  attrs: AttentionAttrs,
  signal: AbortSignal,
): Promise<Traffic> {
  const n = Math.min(MOST_N, shape.T);
  const D = shape.D;
  const inputs = await random({ B: 1, H: 1, Hkv: 1, S: n, T: n, D }, 'f32', 1, signal);
  const points = [];
  for (const tile of sizes) {
    signal.throwIfAborted();
    const own = scope.child('traffic');
    try {
      const problem = problemOf(kernel, inputs, { ...attrs, 'tile-q': tile, 'tile-k': tile, row: 0 });
      const outputs = makeOutputs(device, own, problem.outputs);
      const tensors = { ...uploadAll(device, own, inputs), ...outputs };
      const bound = await bindPlan(
        device,
        own,
        kernel.variants.flash!.plan(problem, device.caps),
        tensors,
        'flash',
      );
      await new Recorder(device).add(bound).run(signal);
      const loads = valuesOf(await download(device, outputs.loads!));
      let words = 0;
      for (const count of loads) words += count;
      const chip = onChipBytes({ tileQ: tile, tileK: tile }, D);
      points.push({ tile, onChipBytes: chip, counted: 4 * words, predicted: predictedBytes(n, D, chip) });
    } finally {
      own.close();
    }
  }
  return { n, D, points, matrix: 16 * n * n };
}

/** Bytes by the law: 8·N²d²/M words for the keys and values that stream past, and q once. */
export const predictedBytes = (n: number, D: number, chipBytes: number): number =>
  4 * ((8 * n ** 2 * D ** 2) / (chipBytes / 4) + n * D);

/** The running maxima g and h that the van Herk kernel wrote on its way, for a stretch of the samples. */
import { bindPlan, problemOf } from '@/gpu/bind';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { download, uploadAll } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import { vanHerkPlan } from '@/shaders/sliding-window-max/van-herk';

export interface BlockTrace {
  readonly x: readonly number[];
  /** Maximum of the block's start to here. */
  readonly g: readonly number[];
  /** Maximum of here to the block's end. */
  readonly h: readonly number[];
  /** One for each window. */
  readonly y: readonly number[];
}

export async function traceBlocks(
  { device, scope }: Pick<Context, 'device' | 'scope'>,
  x: HostTensor,
  k: number,
  signal: AbortSignal,
): Promise<BlockTrace> {
  const problem = problemOf(kernel, { x }, { k });
  const own = scope.child('trace');
  try {
    // One chunk a block: g and h are those of whole blocks.
    const plan = vanHerkPlan(problem, k);
    const spec = { dtype: 'i32', shape: x.shape } as const;
    const running = { g: own.tensor('g', spec), h: own.tensor('h', spec) };
    const outputs = makeOutputs(device, own, problem.outputs);
    const tensors = { ...uploadAll(device, own, { x }), ...outputs, ...running };
    const { g: _g, h: _h, ...scratch } = plan.scratch ?? {};
    const bound = await bindPlan(device, own, { ...plan, scratch }, tensors, 'van-herk');
    await new Recorder(device).add(bound).run(signal);
    const read = async (name: keyof typeof running): Promise<number[]> =>
      fromOrdered(await download(device, running[name]), x.dtype);
    return {
      x: [...valuesOf(x)],
      g: await read('g'),
      h: await read('h'),
      y: [...valuesOf(await download(device, outputs.y!))],
    };
  } finally {
    own.close();
  }
}

/** The kernel keeps f32 as whole numbers of the same order. */
function fromOrdered(found: HostTensor, dtype: HostTensor['dtype']): number[] {
  const keys = found.data as Int32Array<ArrayBuffer>;
  if (dtype !== 'f32') return [...keys];
  const bits = keys.map((key) => key ^ ((key >> 31) & 0x7fffffff));
  return [...new Float32Array(bits.buffer)];
}

export const stretchOf = (x: HostTensor, from: number, count: number): HostTensor => {
  const all = valuesOf(x);
  const part = all.slice(from, from + count);
  return tensor(x.dtype, [part.length], part);
};

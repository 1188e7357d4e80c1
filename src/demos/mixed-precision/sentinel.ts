/**
 * Finds what was not finite first: the state of some steps before is put back, the steps are made again, and in the
 * one that went wrong every tensor is counted as soon as it is there, before others take its memory.
 */
import { bind, problemOf } from '@/gpu/bind';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import type { Device } from '@/gpu/device';
import type { Context } from '@/lab/session';
import { isFloat, valuesOf } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { COUNTS, counters } from '@/shaders/statistics/counts';
import { kernel as statistics } from '@/shaders/statistics/kernel';
import type { Node } from '@/tensor/graph';
import type { Training } from '@/tensor/training';
import { brokenWeight, diverged, inBackward, inForward } from './causes';
import type { Stop } from './log';
import type { ModeRun } from './modeRun';
import type { Params } from './params';
import type { Task } from './task';

export type Rates = readonly { readonly step: number; readonly rate: number }[];

export const rateAt = (rates: Rates, step: number): number =>
  rates.findLast((change) => change.step <= step)?.rate ?? rates[0]!.rate;

export async function findCause(
  { device, scope }: Pick<Context, 'device' | 'scope'>,
  run: ModeRun,
  task: Task,
  params: Params,
  rates: Rates,
  signal: AbortSignal,
): Promise<Stop> {
  const step = run.halted!;
  const { training } = run;
  const { loss } = run.records[step]!;
  const from = run.rewind(step);
  if (from === undefined) return { step, why: diverged(loss) };
  const { compute, update } = training.programs;
  const begin = (at: number): void => {
    for (const [name, host] of Object.entries(task.batch(params.batch, at))) training.write(name, host);
    training.setRate(rateAt(rates, at));
  };
  for (let at = from; at < step; at++) {
    begin(at);
    await update.record(compute.record()).run(signal);
  }
  begin(step);
  const own = scope.child('sentinel');
  try {
    return { step, why: (await firstNotFinite(device, own, training, signal)) ?? diverged(loss) };
  } finally {
    own.close();
  }
}

/** The first tensor of the step that holds what is not finite, in words: a weight, or what an operation gave. */
async function firstNotFinite(
  device: Device,
  scope: Scope,
  training: Training,
  signal: AbortSignal,
): Promise<Text | undefined> {
  const { nodes, bound, memory } = training.programs.compute;
  const weights = [...training.working.slices];
  const outputs = nodes.map(({ outputs: made }) => Object.values(made).filter(({ dtype }) => isFloat(dtype)));
  const places = weights.length + outputs.flat().length;
  const counts = scope.tensor('counts', { dtype: 'u32', shape: [places * STRIDE] });
  let place = 0;
  const watch = async (recorder: Recorder, x: DeviceTensor): Promise<void> => {
    const into = { ...counts, shape: [COUNTS], offset: 4 * STRIDE * place++ };
    const problem = problemOf(statistics, { x, counts: into }, {});
    recorder.add(await bind(device, scope, statistics, problem, { x, counts: into }));
  };
  const recorder = new Recorder(device).clear(counts.buffer);
  for (const [, slice] of weights) await watch(recorder, slice);
  for (const [i, node] of bound.entries()) {
    recorder.add(node);
    for (const output of outputs[i]!) await watch(recorder, memory(output));
  }
  await recorder.run(signal);
  const found = valuesOf(await download(device, counts));
  const wrong = (at: number): boolean => found[at * STRIDE + counters.indexOf('notFinite')]! > 0;
  const weight = weights.findIndex((_, i) => wrong(i));
  if (weight >= 0) return brokenWeight(weights[weight]![0]);
  const forward = nodes.findIndex(({ kernel }) => kernel.name === 'cross-entropy-backward');
  const names = new Map(weights.map(([name, slice]) => [slice.offset ?? 0, name]));
  let at = weights.length;
  for (const [i, node] of nodes.entries()) {
    for (const output of outputs[i]!) {
      if (!wrong(at++)) continue;
      const parameters = parametersOf(node, training, memory, names);
      return i < forward
        ? inForward(output.label, parameters)
        : inBackward(output.label, parameters, training.gradients.whole.dtype === 'f16');
    }
  }
  return undefined;
}

/** Numbers from one tensor's counters to the next: a binding starts at a multiple of 256 bytes. */
const STRIDE = 128;

/** Parameters that the node reads, or whose gradients it writes. */
function parametersOf(
  { inputs, outputs }: Node,
  { working, gradients }: Training,
  memory: (t: Node['inputs'][string]) => DeviceTensor,
  names: ReadonlyMap<number, string>,
): string[] {
  const width = working.whole.dtype === gradients.whole.dtype ? 1 : NaN;
  return [...Object.values(inputs), ...Object.values(outputs)].flatMap((t) => {
    const { buffer, offset = 0 } = memory(t);
    const own = buffer === working.whole.buffer || buffer === gradients.whole.buffer;
    const name = own ? names.get(offset * width) : undefined;
    return name === undefined ? [] : [name];
  });
}

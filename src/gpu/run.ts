/** One call of a kernel on host tensors: upload, run, read back, free. */
import type { HostTensor, HostTensors, Specs } from '@/lib/tensor';
import { bind, problemOf, type Tensors } from './bind';
import type { Device } from './device';
import type { Kernel } from './kernel';
import { Recorder } from './recorder';
import type { DeviceTensor, Scope } from './scope';
import { download, poison, uploadAll, write } from './transfer';

export interface RunOptions {
  readonly variant?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function run<A>(
  device: Device,
  kernel: Kernel<A>,
  inputs: HostTensors,
  attrs: A,
  { variant, signal }: RunOptions = {},
): Promise<Record<string, HostTensor>> {
  const problem = problemOf(kernel, inputs, attrs);
  const scope = device.root.child(kernel.name);
  try {
    const outputs = makeOutputs(device, scope, problem.outputs, inputs);
    const tensors = { ...uploadAll(device, scope, withoutUpdated(inputs, outputs)), ...outputs };
    const bound = await bind(device, scope, kernel, problem, tensors, variant);
    await new Recorder(device).add(bound).run(signal);
    const read: Record<string, HostTensor> = {};
    for (const [name, tensor] of Object.entries(outputs)) read[name] = await download(device, tensor);
    return read;
  } finally {
    scope.close();
  }
}

/** Output tensors as they are before a run: those that change an input hold it, the others NaN bits. */
export function makeOutputs(
  device: Device,
  scope: Scope,
  specs: Specs,
  inputs: HostTensors = {},
): Record<string, DeviceTensor> {
  const outputs = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, scope.tensor(name, spec)]),
  );
  resetOutputs(device, outputs, inputs);
  return outputs;
}

/** Undoes what runs have left in `outputs`. */
export function resetOutputs(device: Device, outputs: Tensors, inputs: HostTensors): void {
  for (const [name, tensor] of Object.entries(outputs)) {
    const before = inputs[name];
    if (before) write(device, tensor, before);
    else poison(device, tensor);
  }
}

/** The inputs that no output changes in place. */
export const withoutUpdated = (inputs: HostTensors, outputs: Specs): HostTensors =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !Object.hasOwn(outputs, name)));

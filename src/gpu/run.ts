/** One call of a kernel on host tensors: upload, run, read back, free. */
import type { HostTensor, HostTensors } from '@/lib/tensor';
import { bind, problemOf } from './bind';
import type { Device } from './device';
import type { Kernel } from './kernel';
import { Recorder } from './recorder';
import type { DeviceTensor, Scope } from './scope';
import { download, poison, uploadAll } from './transfer';

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
    const outputs = makeOutputs(device, scope, problem.outputs);
    const bound = await bind(
      device,
      scope,
      kernel,
      problem,
      { ...uploadAll(device, scope, inputs), ...outputs },
      variant,
    );
    await new Recorder(device).add(bound).run(signal);
    const read: Record<string, HostTensor> = {};
    for (const [name, tensor] of Object.entries(outputs)) read[name] = await download(device, tensor);
    return read;
  } finally {
    scope.close();
  }
}

/** Output tensors filled with NaN bits. */
export function makeOutputs(
  device: Device,
  scope: Scope,
  specs: Readonly<Record<string, { dtype: HostTensor['dtype']; shape: readonly number[] }>>,
): Record<string, DeviceTensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const tensor = scope.tensor(name, spec);
      poison(device, tensor);
      return [name, tensor];
    }),
  );
}

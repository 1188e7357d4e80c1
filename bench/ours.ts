/** Our kernels as contenders: the variant that the tuner picks on this adapter and, if asked, every other one. */
import { bind, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Kernel } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { download, poison, uploadAll } from '@/gpu/transfer';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import type { Contender } from './contract';

const tuner = new Tuner(memoryStore());

export interface Entry {
  readonly variant: string;
  /** The tuner's choice: what a user gets. */
  readonly picked: boolean;
  readonly contender: Contender;
}

export async function prepareOurs(
  device: Device,
  kernel: Kernel,
  output: string,
  inputs: HostTensors,
  attrs: Readonly<Record<string, unknown>>,
  everyVariant: boolean,
): Promise<Entry[]> {
  const { winner, entries } = await tuner.tune(device, kernel, inputs, attrs);
  const able = entries.filter((entry) => entry.timed).map((entry) => entry.variant);
  const variants = [winner, ...(everyVariant ? able.filter((variant) => variant !== winner) : [])];
  const prepared = [];
  for (const variant of variants) {
    prepared.push({
      variant,
      picked: variant === winner,
      contender: await prepare(device, kernel, output, inputs, attrs, variant),
    });
  }
  return prepared;
}

async function prepare(
  device: Device,
  kernel: Kernel,
  output: string,
  inputs: HostTensors,
  attrs: Readonly<Record<string, unknown>>,
  variant: string,
): Promise<Contender> {
  const problem = problemOf(kernel, inputs, attrs);
  const scope = device.root.child(`bench ${kernel.name}`);
  const outputs = makeOutputs(device, scope, problem.outputs);
  const tensors = { ...uploadAll(device, scope, inputs), ...outputs };
  const bound = await bind(device, scope, kernel, problem, tensors, variant);
  const result = outputs[output];
  if (!result) throw new RangeError(`${kernel.name} has no output "${output}"`);
  const call = async (): Promise<void> => {
    await new Recorder(device).add(bound).run();
  };
  return {
    device: device.gpu,
    call,
    async read() {
      poison(device, result);
      await call();
      return valuesOf(await download(device, result));
    },
    close: () => scope.close(),
  };
}

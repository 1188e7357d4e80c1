/** Our kernels as entrants: the variant that the tuner picks on this adapter and, if asked, every other one. */
import { bind, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Kernel } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs, resetOutputs, withoutUpdated } from '@/gpu/run';
import { download, uploadAll } from '@/gpu/transfer';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import type { Contender, Entrant } from './contract';

const tuner = new Tuner(memoryStore());

export interface Ours {
  readonly device: Device;
  readonly kernel: Kernel;
  readonly output: string;
  readonly inputs: HostTensors;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly version: string;
}

export async function ourEntrants(ours: Ours, everyVariant: boolean): Promise<Entrant[]> {
  const { device, kernel, inputs, attrs, version } = ours;
  const { winner, entries } = await tuner.tune(device, kernel, inputs, attrs);
  return entries
    .filter(({ variant, timed, code }) => {
      // One that the tuner threw out as wrong must show, asked for or not.
      const wrong = code !== undefined && code !== 'tuner.slow';
      return variant === winner || wrong || (everyVariant && timed);
    })
    .sort((a, b) => Number(b.variant === winner) - Number(a.variant === winner))
    .map(({ variant, reason }) => ({
      name: `tilewise ${variant}`,
      version,
      peer: false,
      note: variant === winner ? 'picked by the tuner' : (reason?.en ?? ''),
      open: () => open(ours, variant),
    }));
}

async function open({ device, kernel, output, inputs, attrs }: Ours, variant: string): Promise<Contender> {
  const problem = problemOf(kernel, inputs, attrs);
  const scope = device.root.child(`bench ${kernel.name}`);
  const outputs = makeOutputs(device, scope, problem.outputs, inputs);
  const tensors = { ...uploadAll(device, scope, withoutUpdated(inputs, outputs)), ...outputs };
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
      resetOutputs(device, outputs, inputs);
      await call();
      return valuesOf(await download(device, result));
    },
    close: () => scope.close(),
  };
}

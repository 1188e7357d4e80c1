/** Our training step, and its gradients in double precision by the definition of each kernel. */
import { cpuStep, evaluate } from '@/tensor/onCpu';
import type { Device } from '@/gpu/device';
import { download } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { sizeOf, tensor, toFloat64, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { loadKernel } from '@/shaders';
import { Training } from '@/tensor/training';
import type { Contender } from '../contract';
import { adam, names, network } from './shape';

const joined = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export async function open(device: Device, inputs: HostTensors): Promise<Contender> {
  const scope = device.root.child('bench training');
  const training = await Training.create(device, scope, network, {
    ...{ precision: { format: 'f32', master: false }, rate: adam.rate, random: new Random(1) },
    optimiser: { beta1: adam.beta1, beta2: adam.beta2, eps: adam.eps, decay: 0 },
  });
  const { layout } = training;
  const weights = new Float32Array(layout.size);
  for (const { name, from } of layout.slices) weights.set(valuesOf(inputs[name]!), from);
  const begin = (): void => training.begin(tensor('f32', [layout.size], weights));
  begin();
  for (const name of Object.keys(network.inputs)) training.write(name, inputs[name]!);
  return {
    device: device.gpu,
    call: () => training.step(),
    async read() {
      begin();
      await training.step();
      const all = toFloat64(await download(device, training.gradients.whole));
      return joined(layout.slices.map(({ from, shape }) => all.subarray(from, from + sizeOf(shape))));
    },
    close: () => scope.close(),
  };
}

export async function reference(inputs: HostTensors): Promise<Float64Array> {
  const pick = (wanted: readonly string[]): HostTensors =>
    Object.fromEntries(wanted.map((name): [string, HostTensor] => [name, inputs[name]!]));
  const step = cpuStep(network, pick(names), pick(Object.keys(network.inputs)));
  const values = await evaluate(step, async (kernel, given, attrs, rows) => {
    const found = await loadKernel(kernel);
    return found.reference(
      given,
      attrs as Readonly<Record<string, unknown>>,
      Array.from({ length: rows }, (_, row) => row),
    );
  });
  return joined(
    names.map((name) => Float64Array.from(valuesOf(values.get(step.step.gradients.get(name)!)!))),
  );
}

/** A network run forwards alone, on weights that a training owns: for held-out data, predictions, samples. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Specs } from '@/lib/tensor';
import { Graph, type Tensor } from './graph';
import type { Flat } from './parameters';
import { compile, type Program } from './program';

export interface Forward<K extends string> {
  readonly inputs: Readonly<Record<string, DeviceTensor>>;
  readonly outputs: Readonly<Record<K, DeviceTensor>>;
  readonly program: Program;
}

/** Memory comes from `scope` and goes with it. */
export async function forward<K extends string>(
  device: Device,
  scope: Scope,
  specs: Specs,
  weights: Flat,
  build: (weight: (name: string) => Tensor, inputs: Readonly<Record<string, Tensor>>) => Record<K, Tensor>,
  emulate?: 'bf16',
): Promise<Forward<K>> {
  const graph = new Graph(emulate);
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, scope.tensor(name, spec)]),
  );
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, graph.tensor(t)]));
  const leaves = new Map([...weights.slices].map(([name, slice]) => [name, graph.tensor(slice)]));
  const made = build((name) => leaves.get(name)!, tensors);
  for (const t of Object.values<Tensor>(made)) t.keep();
  const program = await compile(graph, device, scope);
  const outputs = Object.fromEntries(
    Object.entries<Tensor>(made).map(([name, t]) => [name, program.memory(t)]),
  ) as Record<K, DeviceTensor>;
  return { inputs, outputs, program };
}

/**
 * A training step on the CPU: the same graph, node by node, by the kernels' tuned TypeScript in a worker, or in
 * double precision by their references. Values go from node to node as plain arrays.
 */
import { problemOf } from '@/gpu/bind';
import type { Pool } from '@/lib/pool';
import { sizeOf, tensor, valuesOf, type HostData, type HostTensor, type HostTensors } from '@/lib/tensor';
import { Graph, nothing, Tensor, type Node } from './graph';
import type { Layout } from './parameters';
import { describeStep, type Network, type Step } from './step';

export interface CpuStep {
  readonly nodes: readonly Node[];
  readonly step: Step;
  /** What is given: weights by name, the batch, the loss scale. */
  readonly given: ReadonlyMap<Tensor, HostTensor>;
}

/** The graph of one step in f32 with its leaves filled. */
export function cpuStep(network: Network, weights: HostTensors, batch: HostTensors): CpuStep {
  const graph = new Graph();
  const given = new Map<Tensor, HostTensor>();
  const leaf = (label: string, host: HostTensor, differentiable: boolean): Tensor => {
    const t = new Tensor(graph, label, host.dtype, host.shape, differentiable);
    given.set(t, host);
    return t;
  };
  const leaves = new Map(
    network.parameters.map(({ name }) => [name, leaf(name, weights[name]!, true)] as const),
  );
  const inputs = Object.fromEntries(
    Object.entries(batch).map(([name, host]) => [name, leaf(name, host, false)]),
  );
  const one = { dtype: 'f32', shape: [1], data: Float32Array.of(1) } as const;
  const step = describeStep(network, leaves, inputs, leaf('scale', one, false));
  return { nodes: graph.nodes, step, given };
}

/** How one node is computed: its outputs, end to end, by name. */
export type Compute = (
  kernel: string,
  inputs: HostTensors,
  attrs: unknown,
  rows: number,
) => Promise<Readonly<Record<string, Float32Array | Int32Array | Float64Array>>>;

/** All values of the graph. */
export async function evaluate(
  { nodes, given }: Pick<CpuStep, 'nodes' | 'given'>,
  compute: Compute,
): Promise<ReadonlyMap<Tensor, HostTensor>> {
  const values = new Map(given);
  for (const { kernel, attrs, inputs, outputs } of nodes) {
    if (kernel === nothing) {
      values.set(outputs.y!, { ...values.get(inputs.x!)!, shape: outputs.y!.shape });
      continue;
    }
    const hosts = hostsOf(inputs, values);
    const made = await compute(kernel.name, hosts, attrs, kernel.rows(problemOf(kernel, inputs, attrs)));
    // References and baselines read numbers, whatever array they are in.
    for (const [name, t] of Object.entries(outputs)) {
      const host: HostTensor = { dtype: t.dtype, shape: t.shape, data: made[name] as unknown as HostData };
      values.set(t, host);
      // An input changed in place has its new values for those that come after.
      const changed = inputs[name];
      if (changed) values.set(changed, host);
    }
  }
  return values;
}

/** All gradients end to end, f32 [layout.size]; gaps between parameters, which nobody reads, are 0. */
export function gradientsOf(
  { slices, size }: Layout,
  { step }: CpuStep,
  values: ReadonlyMap<Tensor, HostTensor>,
): HostTensor {
  const all = new Float32Array(size);
  for (const { name, from } of slices) {
    const gradient = step.gradients.get(name);
    if (gradient) all.set(valuesOf(values.get(gradient)!), from);
  }
  return tensor('f32', [size], all);
}

const hostsOf = (inputs: Node['inputs'], values: ReadonlyMap<Tensor, HostTensor>): HostTensors =>
  Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, values.get(t)!]));

/** By the tuned TypeScript of each kernel. */
export const onPool =
  (pool: Pool, signal: AbortSignal): Compute =>
  (kernel, inputs, attrs, rows) =>
    pool.compute(kernel, inputs, attrs, rows, signal);

/** In double precision, by the definition of each kernel. */
export const inFloat64 =
  (pool: Pool, signal: AbortSignal): Compute =>
  (kernel, inputs, attrs, rows) =>
    pool.reference(
      kernel,
      inputs,
      attrs,
      Array.from({ length: rows }, (_, row) => row),
      signal,
    );

/**
 * Milliseconds of a step: the sum of its nodes' times by the workers' clocks, without moving data between them. Null
 * where it would take longer than `budgetMs`.
 */
export async function timeStep(
  pool: Pool,
  step: Pick<CpuStep, 'nodes' | 'given'>,
  workers: 'one' | 'all',
  budgetMs: number,
  signal: AbortSignal,
): Promise<{
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly samples: number;
} | null> {
  const values = await evaluate(step, onPool(pool, signal));
  const total = { median: 0, p10: 0, p90: 0, samples: Infinity };
  for (const { kernel, attrs, inputs } of step.nodes) {
    if (kernel === nothing) continue;
    const rows = kernel.rows(problemOf(kernel, inputs, attrs));
    const left = budgetMs - total.median;
    const options = { workers, budgetMs: left, signal };
    const timed =
      left > 0 ? await pool.time(kernel.name, hostsOf(inputs, values), attrs, rows, options) : null;
    if (!timed) return null;
    total.median += timed.time.median;
    total.p10 += timed.time.p10;
    total.p90 += timed.time.p90;
    total.samples = Math.min(total.samples, timed.time.samples);
  }
  return total;
}

/** Operations of a step, forward and backward. */
export const flopsOf = (nodes: readonly Node[]): number =>
  nodes.reduce(
    (sum, { kernel, attrs, inputs }) =>
      sum + (kernel === nothing ? 0 : kernel.work(problemOf(kernel, inputs, attrs)).flops),
    0,
  );

/** Weights by name from one flat array. */
export function namedWeights(
  slices: readonly { readonly name: string; readonly shape: readonly number[]; readonly from: number }[],
  whole: ArrayLike<number>,
): HostTensors {
  const all = whole instanceof Float32Array ? whole : Float32Array.from(whole);
  return Object.fromEntries(
    slices.map(({ name, shape, from }) => {
      const data = all.slice(from, from + sizeOf(shape));
      return [name, { dtype: 'f32', shape, data }];
    }),
  );
}

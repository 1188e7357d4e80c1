/** Our own forward pass, as `lab model` runs it, and its result in double precision by each kernel's definition. */
import type { Device } from '@/gpu/device';
import { download, write } from '@/gpu/transfer';
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { Weighted } from '@/models/vision/description';
import { weightedOf } from '@/models/vision/description';
import type { Folded } from '@/models/vision/fold';
import { describe, folded } from '@/models/vision/graph';
import { prepare } from '@/models/vision/inference';
import { loadKernel } from '@/shaders';
import { Graph, Tensor } from '@/tensor/graph';
import { evaluate } from '@/tensor/onCpu';
import type { Contender, Task } from '../contract';
import { layersOf, netOf, type Net } from './nets';

const origin = { padding: 'symmetric' } as const;

const weightsOf = (net: Net, inputs: HostTensors): ReadonlyMap<Weighted, Folded> =>
  new Map(
    weightedOf(layersOf(net)).map((layer, i) => [
      layer,
      { weight: inputs[`w${i}`]!, bias: inputs[`b${i}`]! },
    ]),
  );

export async function open(device: Device, inputs: HostTensors, task: Task): Promise<Contender> {
  const net = netOf(task);
  const scope = device.root.child(`bench ${task.op}`);
  const loaded = { network: net.network, origin, weights: weightsOf(net, inputs) };
  const { x, logits, program } = await prepare(device, scope, loaded, [1, net.side, net.side]);
  write(device, x, inputs.x!);
  return {
    device: device.gpu,
    call: () => program.run(),
    async read() {
      await program.run();
      return valuesOf(await download(device, logits));
    },
    close: () => scope.close(),
  };
}

export async function reference(inputs: HostTensors, task: Task): Promise<Float64Array> {
  const net = netOf(task);
  const graph = new Graph();
  const given = new Map<Tensor, HostTensor>();
  const leaf = (label: string, host: HostTensor): Tensor => {
    const t = new Tensor(graph, label, host.dtype, host.shape, false);
    given.set(t, host);
    return t;
  };
  const leaves = new Map(
    [...weightsOf(net, inputs)].map(([layer, { weight, bias }]) => [
      layer,
      { weight: leaf(`${layer.role}.weight`, weight), bias: leaf(`${layer.role}.bias`, bias) },
    ]),
  );
  const run = folded((layer) => leaves.get(layer)!);
  const { logits } = describe(net.network, leaf('x', inputs.x!), run, origin.padding);
  const values = await evaluate({ nodes: graph.nodes, given }, async (kernel, hosts, attrs, rows) => {
    const found = await loadKernel(kernel);
    return found.reference(
      hosts,
      attrs as Readonly<Record<string, unknown>>,
      Array.from({ length: rows }, (_, row) => row),
    );
  });
  return Float64Array.from(valuesOf(values.get(logits)!));
}

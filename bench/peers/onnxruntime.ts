/** onnxruntime-web with its WebGPU provider: inputs and output in GPU buffers that are made once and bound by name. */
import * as ort from 'onnxruntime-web/webgpu';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { byteLength, type HostTensors } from '@/lib/tensor';
import type { Contender, Expression, Peer, Task, Values } from '../contract';
import { openDevice } from './device';
import { encodeModel, type Graph } from './onnx';

export interface OnnxExpression extends Expression {
  /** The graph; its inputs are named as the task's (arranged) inputs are, of which weights may be constants instead; its first output is the result. */
  model(task: Task, inputs: HostTensors): Graph;
  /** Give it a device without subgroups where these are only four lanes wide: its kernels are wrong there. */
  readonly avoidsNarrowSubgroups?: boolean;
}

const types = { f32: 'float32', f16: 'float16', i32: 'int32', u32: 'uint32', u8: 'uint8' } as const;

export const peer: Peer<OnnxExpression> = {
  name: 'onnxruntime-web',
  package: 'onnxruntime-web',
  async open() {
    ort.env.wasm.wasmPaths = { wasm };
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    const whole = await openDevice();
    const narrow = whole.features.has('subgroups') && whole.adapterInfo.subgroupMinSize <= 4;
    const spared = narrow ? await openDevice(['subgroups']) : whole;
    return {
      prepare: (expression, task, inputs) =>
        prepare(expression.avoidsNarrowSubgroups ? spared : whole, expression.model(task, inputs), inputs),
    };
  },
};

async function prepare(device: GPUDevice, graph: Graph, inputs: HostTensors): Promise<Contender> {
  const session = await ort.InferenceSession.create(encodeModel(graph), {
    executionProviders: [{ name: 'webgpu', device }],
    graphOptimizationLevel: 'all',
    // An operator without a WebGPU kernel would run in WASM on the CPU, unnoticed: that is another contest.
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  });
  const buffers: GPUBuffer[] = [];
  const bind = (bytes: number, dataType: 'float32' | 'float16' | 'int32', dims: readonly number[]) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: Math.ceil(bytes / 16) * 16, usage });
    buffers.push(buffer);
    return { buffer, tensor: ort.Tensor.fromGpuBuffer(buffer, { dataType, dims }) };
  };
  const feeds: Record<string, ort.Tensor> = {};
  for (const { name } of graph.inputs) {
    const host = inputs[name]!;
    const { buffer, tensor } = bind(byteLength(host), types[host.dtype] as 'float32', host.shape);
    device.queue.writeBuffer(buffer, 0, host.data);
    feeds[name] = tensor;
  }
  const [result] = graph.outputs;
  if (!result) throw new RangeError('a graph without an output');
  const bytes = 4 * result.shape.reduce((a, b) => a * b, 1);
  const output = bind(bytes, 'float32', result.shape);
  const call = async (): Promise<void> => {
    await session.run(feeds, { [result.name]: output.tensor });
    await device.queue.onSubmittedWorkDone();
  };
  return {
    device,
    call,
    async read() {
      device.queue.writeBuffer(output.buffer, 0, new Uint8Array(output.buffer.size).fill(0xff));
      await call();
      return download(device, output.buffer, bytes);
    },
    close() {
      void session.release();
      for (const buffer of buffers) buffer.destroy();
    },
  };
}

async function download(device: GPUDevice, buffer: GPUBuffer, bytes: number): Promise<Values> {
  const staging = device.createBuffer({
    size: buffer.size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0, bytes));
  staging.destroy();
  return values;
}

/** A piece of a network as a graph by itself, with an image and weights made from the seed, on the GPU or the CPU. */
import { problemOf } from '@/gpu/bind';
import type { Work } from '@/gpu/kernel';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';
import { weightedOf, type Conv, type Weighted } from '@/models/vision/description';
import { sequence } from '@/models/vision/graph';
import { weightShape } from '@/models/vision/names/names';
import { fusedFor } from '@/shaders/separable-conv2d/fused';
import { kernel as separable } from '@/shaders/separable-conv2d/kernel';
import { Graph, nothing, Tensor, type Node } from '@/tensor/graph';
import { compile, type Program } from '@/tensor/program';
import type { Piece } from './operators';

export interface Made {
  readonly seed: number;
  readonly dtype: 'f32' | 'f16';
}

/** What is computed, with its leaves filled. */
export interface PieceGraph {
  readonly nodes: readonly Node[];
  readonly given: ReadonlyMap<Tensor, HostTensor>;
  readonly x: Tensor;
  readonly y: Tensor;
}

/** An image [1, H, W, C] of standard normal numbers. */
export function madeImage({ size }: Pick<Piece, 'size'>, { seed, dtype }: Made): HostTensor {
  const random = new Random(seed);
  const shape = [1, ...size];
  return tensor(
    dtype,
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
  );
}

/** Uniform, with twice the variance that keeps a sum's: ReLU halves it (He et al. 2015). */
function madeWeight(layer: Weighted, stream: number, { seed, dtype }: Made): HostTensor[] {
  const random = new Random(seed, stream);
  const [outputs = 1, inputs = 1, kh = 1, kw = 1] = weightShape(layer);
  const shape = [outputs, inputs, kh, kw];
  const bound = Math.sqrt(6 / (inputs * kh * kw));
  const uniform = (count: number, reach: number): Float32Array =>
    Float32Array.from({ length: count }, () => reach * (2 * random.uniform() - 1));
  return [
    tensor(dtype, shape, uniform(sizeOf(shape), bound)),
    tensor(dtype, [outputs], uniform(outputs, 0.1)),
  ];
}

export function describePiece(piece: Piece, made: Made, image = madeImage(piece, made)): PieceGraph {
  const graph = new Graph();
  const given = new Map<Tensor, HostTensor>();
  const leaf = (label: string, host: HostTensor): Tensor => {
    const t = new Tensor(graph, label, host.dtype, host.shape, false);
    given.set(t, host);
    return t;
  };
  const { layers } = piece.block;
  const weighted = weightedOf(layers);
  const weightsOf = (layer: Weighted): HostTensor[] => madeWeight(layer, 1 + weighted.indexOf(layer), made);
  const x = leaf('x', image);
  if (piece.fused) {
    const [depthwise, pointwise] = layers as readonly Conv[];
    const [taps, depthwiseBias] = weightsOf(depthwise!);
    const [product, bias] = weightsOf(pointwise!);
    const inputs = {
      ...{ x, depthwise: leaf('depthwise', taps!), depthwiseBias: leaf('depthwise bias', depthwiseBias!) },
      pointwise: leaf('pointwise', { ...product!, shape: product!.shape.slice(0, 2) }),
      bias: leaf('bias', bias!),
    };
    const { y } = graph.apply(separable, inputs, {
      padding: (depthwise!.kernel - 1) / 2,
      stride: depthwise!.stride,
      depthwiseActivation: depthwise!.activation,
      activation: pointwise!.activation,
    });
    return { nodes: graph.nodes, given, x, y: y! };
  }
  const y = sequence(
    layers,
    x,
    (layer) => {
      const [weight, bias] = weightsOf(layer);
      return { weight: leaf(`${layer.role}.weight`, weight!), bias: leaf(`${layer.role}.bias`, bias!) };
    },
    'symmetric',
  );
  return { nodes: graph.nodes, given, x, y };
}

export interface OnDevice {
  readonly program: Program;
  /** Everything that was kept: all values, or y alone. */
  readonly memory: (t: Tensor) => DeviceTensor;
}

/** Memory comes from `scope`. With `keepAll`, every value stays to be looked at; else memory is shared as in earnest. */
export async function onDevice(
  { device, tuner }: Pick<Context, 'device' | 'tuner'>,
  scope: Scope,
  { nodes, given, y }: PieceGraph,
  keepAll: boolean,
): Promise<OnDevice> {
  for (const [t, host] of given) t.home = upload(device, scope, t.label, host);
  y.keep();
  if (keepAll) for (const { outputs } of nodes) for (const t of Object.values(outputs)) t.keep();
  const program = await compile({ nodes: [...nodes] }, device, scope, async ({ kernel, inputs, attrs }) => {
    const { variant } = await tuner.pick(device, kernel, problemOf(kernel, inputs, attrs));
    // What is compared with two kernels must be one.
    return kernel.name === separable.name && variant === 'separate' ? fusedFor(device.caps) : variant;
  });
  return { program, memory: (t) => program.memory(t) };
}

/** Necessary operations and compulsory traffic, kernel by kernel: what lies between two kernels is written and read. */
export const worksOf = (nodes: readonly Node[]): Work[] =>
  nodes
    .filter(({ kernel }) => kernel !== nothing)
    .map(({ kernel, inputs, attrs }) => kernel.work(problemOf(kernel, inputs, attrs)));

export const workOf = (nodes: readonly Node[]): Work =>
  worksOf(nodes).reduce((a, b) => ({ flops: a.flops + b.flops, bytes: a.bytes + b.bytes }), {
    flops: 0,
    bytes: 0,
  });

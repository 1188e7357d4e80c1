/**
 * A small U-Net on square grey images, conditional on a class and on the noise level (Ronneberger et al. 2015; Ho et al.
 * 2020): the network F of EDM's preconditioning, whose inputs are c_in·y and features of c_noise.
 */
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';
import type { Network } from '@/tensor/step';
import type { Weight } from './classifier';

export interface UnetShape {
  /** Images of a batch. */
  readonly rows: number;
  /** Pixels of a side, a multiple of 4. */
  readonly size: number;
  /** Channels at half the size; twice as many at a quarter. A multiple of 16. */
  readonly channels: number;
  readonly classes: number;
}

export interface Unet extends Network {
  /** F [rows, size, size, 1] of x (c_in·y), noise (`noiseFeatures`) and labels. */
  output(weight: Weight, inputs: Readonly<Record<string, Tensor>>): Tensor;
}

const GROUPS = 8;
/** Features of the noise level. */
export const FEATURES = 32;

/** cos and sin of c_noise at frequencies from 1 to 100, as many of each (Vaswani et al. 2017). */
export function noiseFeatures(cNoise: number): Float32Array<ArrayBuffer> {
  const half = FEATURES / 2;
  return Float32Array.from({ length: FEATURES }, (_, i) => {
    const angle = cNoise * 100 ** ((i % half) / (half - 1));
    return i < half ? Math.cos(angle) : Math.sin(angle);
  });
}

export function unet({ rows, size, channels, classes }: UnetShape): Unet {
  const [C, wide, context] = [channels, 2 * channels, 4 * channels];
  const image = { dtype: 'f32', shape: [rows, size, size, 1] } as const;
  const output: Unet['output'] = (weight, { x, noise, labels }) => {
    const dense = (h: Tensor, name: string): Tensor =>
      ops.linear(h, weight(`${name}.weight`), weight(`${name}.bias`));
    const noted = ops.add(dense(noise!, 'noise'), ops.embedding(weight('class.weight'), labels!));
    const about = ops.silu(dense(ops.silu(noted), 'context'));
    const residual = (h: Tensor, name: string): Tensor => block(h, about, weight, name);
    const fine = residual(conv(x!, weight, 'stem', 2), 'fine');
    const coarse = residual(conv(fine, weight, 'down', 2), 'coarse');
    const middle = residual(attend(coarse, weight, 'attention'), 'middle');
    const up = ops.add(ops.pixelShuffle(dense(middle, 'up')), dense(fine, 'skip'));
    const last = ops.silu(normed(residual(up, 'last'), weight, 'norm'));
    return ops.pixelShuffle(dense(last, 'head'));
  };
  return {
    parameters: [
      ...linear('noise', FEATURES, context),
      { name: 'class.weight', shape: [classes, context], init: normal(1) },
      ...linear('context', context, context),
      ...convolution('stem', 1, C),
      ...blockParameters('fine', C, context),
      ...convolution('down', C, wide),
      ...blockParameters('coarse', wide, context),
      ...norm('attention.norm', wide),
      ...['query', 'key', 'value'].flatMap((part) => linear(`attention.${part}`, wide, wide)),
      ...linear('attention.project', wide, wide, 0),
      ...blockParameters('middle', wide, context),
      ...linear('up', wide, 4 * C),
      ...linear('skip', C, C),
      ...blockParameters('last', C, context),
      ...norm('norm', C),
      ...linear('head', C, 4, 0),
    ],
    inputs: {
      x: image,
      noise: { dtype: 'f32', shape: [rows, FEATURES] },
      labels: { dtype: 'i32', shape: [rows] },
      targets: image,
    },
    output,
    loss: (weight, inputs) => ops.squaredError(output(weight, inputs), inputs.targets!),
  };
}

const norm = (name: string, width: number): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [width], init: constant(1) },
  { name: `${name}.bias`, shape: [width], init: constant(0) },
];
const linear = (name: string, fanIn: number, out: number, gain = 1): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [fanIn, out], init: normal(fanIn, gain) },
  { name: `${name}.bias`, shape: [out], init: constant(0) },
];
const convolution = (name: string, fanIn: number, out: number, gain = 1): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [out, fanIn, 3, 3], init: normal(9 * fanIn, gain) },
  { name: `${name}.bias`, shape: [out], init: constant(0) },
];
/** What ends in the residual stream begins at 0. */
const blockParameters = (name: string, width: number, context: number): ParameterSpec[] => [
  ...norm(`${name}.norm1`, width),
  ...convolution(`${name}.conv1`, width, width),
  ...linear(`${name}.shift`, context, width),
  ...norm(`${name}.norm2`, width),
  ...convolution(`${name}.conv2`, width, width, 0),
];

const conv = (x: Tensor, weight: Weight, name: string, stride = 1): Tensor =>
  ops.conv2d(x, weight(`${name}.weight`), weight(`${name}.bias`), { stride, padding: 1 });
const normed = (x: Tensor, weight: Weight, name: string): Tensor =>
  ops.groupNorm(x, weight(`${name}.weight`), weight(`${name}.bias`), GROUPS);

/** h + conv(SiLU(norm(conv(SiLU(norm h)) + what is known of class and noise))). */
function block(h: Tensor, about: Tensor, weight: Weight, name: string): Tensor {
  const [rows, , , width] = h.shape as [number, number, number, number];
  const shift = ops.linear(about, weight(`${name}.shift.weight`), weight(`${name}.shift.bias`));
  const inner = conv(ops.silu(normed(h, weight, `${name}.norm1`)), weight, `${name}.conv1`);
  const told = ops.add(inner, h.graph.reshape(shift, [rows, 1, 1, width]));
  return ops.add(h, conv(ops.silu(normed(told, weight, `${name}.norm2`)), weight, `${name}.conv2`));
}

/** h + attention over the pixels, heads of 16 channels. */
function attend(h: Tensor, weight: Weight, name: string): Tensor {
  const { graph } = h;
  const [rows, height, across, width] = h.shape as [number, number, number, number];
  const layer = (x: Tensor, part: string): Tensor =>
    ops.linear(x, weight(`${name}.${part}.weight`), weight(`${name}.${part}.bias`));
  const split = (x: Tensor): Tensor =>
    ops.transpose(graph.reshape(x, [rows, height * across, width / 16, 16]), [0, 2, 1, 3]);
  const x = normed(h, weight, `${name}.norm`);
  const [q, k, v] = ['query', 'key', 'value'].map((part) => split(layer(x, part)));
  const o = ops.transpose(ops.attention(q!, k!, v!, false), [0, 2, 1, 3]);
  return ops.add(h, layer(graph.reshape(o, h.shape), 'project'));
}

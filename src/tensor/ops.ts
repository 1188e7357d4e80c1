/**
 * Differentiable operations: each appends a kernel's call to the graph, and says how gradients come back through it.
 * Names and arguments as in PyTorch.
 */
import { kernel as attentionKernel } from '@/shaders/attention/kernel';
import { kernel as attentionBackward } from '@/shaders/attention-backward/kernel';
import { kernel as castKernel } from '@/shaders/cast/kernel';
import { kernel as concatKernel } from '@/shaders/concat/kernel';
import { kernel as conv2dKernel } from '@/shaders/conv2d/kernel';
import type { WindowAttrs } from '@/shaders/conv2d/dims';
import { kernel as conv2dBackwardInput } from '@/shaders/conv2d-backward-input/kernel';
import { kernel as conv2dBackwardWeights } from '@/shaders/conv2d-backward-weights/kernel';
import { kernel as crossEntropyKernel } from '@/shaders/cross-entropy/kernel';
import { kernel as crossEntropyBackward } from '@/shaders/cross-entropy-backward/kernel';
import { kernel as elementwise } from '@/shaders/elementwise/kernel';
import { kernel as elementwiseBackward } from '@/shaders/elementwise-backward/kernel';
import type { Unary } from '@/shaders/elementwise/functions';
import { kernel as embeddingKernel } from '@/shaders/embedding/kernel';
import { kernel as embeddingBackward } from '@/shaders/embedding-backward/kernel';
import { kernel as groupNormKernel } from '@/shaders/group-norm/kernel';
import { kernel as groupNormBackward } from '@/shaders/group-norm-backward/kernel';
import { kernel as layerNormKernel } from '@/shaders/layer-norm/kernel';
import { kernel as layerNormBackward } from '@/shaders/layer-norm-backward/kernel';
import { kernel as matmulKernel } from '@/shaders/matmul/kernel';
import { kernel as reduce } from '@/shaders/reduce/kernel';
import { kernel as resize } from '@/shaders/resize/kernel';
import { kernel as sliceKernel } from '@/shaders/slice/kernel';
import { kernel as transposeKernel } from '@/shaders/transpose/kernel';
import { sizeOf } from '@/lib/tensor';
import type { Gradient, Named, Tensor } from './graph';

type Accumulate = 'f32' | 'f16' | 'chunked';

export interface MatmulOptions {
  readonly transA?: boolean;
  readonly transB?: boolean;
  readonly accumulate?: Accumulate;
}

/** c = op(a)·op(b), over equal leading axes. */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transA = false, transB = false, accumulate = 'f32' } = options;
  const product = (x: Tensor, y: Tensor, transX: boolean, transY: boolean): Tensor =>
    x.graph.apply(matmulKernel, { a: x, b: y }, { transA: transX, transB: transY, accumulate }).c!;
  return a.graph.apply(matmulKernel, { a, b }, { transA, transB, accumulate }, (dc) => ({
    a: transA ? product(b, dc, transB, true) : product(dc, b, false, !transB),
    b: transB ? product(dc, a, true, transA) : product(a, dc, !transA, false),
  })).c!;
}

/** y = x·weight + bias: x […, K], weight [K, N], bias [N]. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, accumulate: Accumulate = 'f32'): Tensor {
  const { graph } = x;
  const a = graph.reshape(x, [sizeOf(x.shape.slice(0, -1)), x.shape.at(-1)!]);
  const inputs = { a, b: weight, ...(bias && { bias }) };
  const { c } = graph.apply(matmulKernel, inputs, { accumulate }, (dc) => ({
    a: graph.apply(matmulKernel, { a: dc, b: weight }, { transB: true, accumulate }).c!,
    b: graph.apply(matmulKernel, { a, b: dc }, { transA: true, accumulate }).c!,
    ...(bias && { bias: sum(dc, [0]) }),
  }));
  return graph.reshape(c!, [...x.shape.slice(0, -1), weight.shape[1]!]);
}

/** Images x [N, H, W, C] under a window: weight [Cout, C/groups, kh, kw], bias [Cout] → [N, H', W', Cout]. */
export function conv2d(x: Tensor, weight: Tensor, bias?: Tensor, options: Partial<WindowAttrs> = {}): Tensor {
  const { graph } = x;
  const inputs = { x, w: weight, ...(bias && { bias }) };
  return graph.apply(conv2dKernel, inputs, options, (dy) => {
    const [size, taps] = [x.shape.slice(1, 3), weight.shape.slice(2)];
    const { dw, db } = graph.apply(conv2dBackwardWeights, { x, dy }, { ...options, taps });
    return {
      // Images from outside have no gradient, and theirs would be the widest.
      ...(x.differentiable && {
        x: graph.apply(conv2dBackwardInput, { dy, w: weight }, { ...options, size }).dx!,
      }),
      w: dw!,
      ...(bias && { bias: db! }),
    };
  }).y!;
}

/** Σ x over `axes`; not differentiable itself. */
const sum = (x: Tensor, axes: readonly number[]): Tensor =>
  x.graph.apply(reduce, { x }, { op: 'sum', axes }).y!;

/** What remains of dy for an operand of `shape` that was broadcast to dy's: its sum over the axes that repeat. */
function unbroadcast(dy: Tensor, shape: readonly number[]): Tensor {
  const lead = dy.shape.length - shape.length;
  const repeats = (size: number, axis: number): boolean =>
    axis < lead || (shape[axis - lead] === 1 && size > 1);
  const axes = dy.shape.flatMap((size, axis) => (repeats(size, axis) ? axis : []));
  return axes.length === 0 ? dy : dy.graph.reshape(sum(dy, axes), shape);
}

const binary = (op: 'add' | 'mul', a: Tensor, b: Tensor, gradient?: Gradient): Tensor =>
  a.graph.apply(elementwise, { a, b }, { op }, gradient).y!;

/** a + b with NumPy's broadcasting. */
export const add = (a: Tensor, b: Tensor): Tensor =>
  binary('add', a, b, (dy) => ({ a: unbroadcast(dy, a.shape), b: unbroadcast(dy, b.shape) }));

/** a∘b with NumPy's broadcasting. */
export const mul = (a: Tensor, b: Tensor): Tensor =>
  binary('mul', a, b, (dy) => ({
    a: unbroadcast(binary('mul', dy, b), a.shape),
    b: unbroadcast(binary('mul', dy, a), b.shape),
  }));

/** f(x) element by element; `alpha` is the factor of `scale`. */
export const unary = (op: Unary, x: Tensor, alpha = 1): Tensor =>
  x.graph.apply(elementwise, { a: x }, { op, alpha }, (dy) => ({
    a: x.graph.apply(elementwiseBackward, { x, dy }, { op, alpha }).dx!,
  })).y!;
export const relu = (x: Tensor): Tensor => unary('relu', x);
export const gelu = (x: Tensor): Tensor => unary('gelu', x);
export const silu = (x: Tensor): Tensor => unary('silu', x);

export function cast(x: Tensor, to: 'f32' | 'f16'): Tensor {
  if (x.dtype === to) return x;
  const back = to === 'f32' ? 'f16' : 'f32';
  return x.graph.apply(castKernel, { x }, { to }, (dy) => ({ x: cast(dy, back) })).y!;
}

export const transpose = (x: Tensor, perm: readonly number[]): Tensor =>
  x.graph.apply(transposeKernel, { x }, { perm }, (dy) => ({
    x: transpose(
      dy,
      perm.map((_, axis) => perm.indexOf(axis)),
    ),
  })).y!;

/** x from index `from` to before `to` of the last axis; not differentiable. */
export const slice = (x: Tensor, from: number, to: number): Tensor =>
  x.graph.apply(sliceKernel, { x }, { from, to }).y!;

/** b after a along the last axis. */
export const concat = (a: Tensor, b: Tensor): Tensor => {
  const along = a.shape.at(-1)!;
  return a.graph.apply(concatKernel, { a, b }, {}, (dy) => ({
    a: slice(dy, 0, along),
    b: slice(dy, along, along + b.shape.at(-1)!),
  })).y!;
};

/** Over the last axis. */
export function layerNorm(x: Tensor, gamma: Tensor, beta: Tensor, eps = 1e-5): Tensor {
  const { graph } = x;
  return graph.apply(layerNormKernel, { x, gamma, beta }, { eps }, (dy, { stats }) => {
    const d = graph.apply(layerNormBackward, { x, gamma, stats: stats!, dy }, {});
    return { x: d.dx!, gamma: d.dgamma!, beta: d.dbeta! };
  }).y!;
}

/** Over the pixels and each of `groups` groups of neighbouring channels: x [N, …, C], gamma and beta [C]. */
export const groupNorm = (x: Tensor, gamma: Tensor, beta: Tensor, groups: number, eps = 1e-5): Tensor =>
  groupNormed(x, gamma, beta, groups, eps).y!;

function groupNormed(x: Tensor, gamma: Tensor, beta: Tensor, groups: number, eps: number): Named {
  const { graph } = x;
  return graph.apply(groupNormKernel, { x, gamma, beta }, { groups, eps }, (dy, { stats }) => {
    const d = graph.apply(groupNormBackward, { x, gamma, stats: stats!, dy }, { groups });
    return { x: d.dx!, gamma: d.dgamma!, beta: d.dbeta! };
  });
}

/**
 * Each channel by itself, over images and pixels: x [N, H, W, C], gamma and beta [C]. The mean and the variance are the
 * batch's own, as in training (Ioffe & Szegedy 2015, algorithm 1); `stats` [C, 2] is the mean and 1/√(variance + eps).
 */
export function batchNorm(x: Tensor, gamma: Tensor, beta: Tensor, eps = 1e-5): { y: Tensor; stats: Tensor } {
  const { graph } = x;
  const channels = x.shape.at(-1)!;
  // One image of all pixels, whose channels are groups of one.
  const flat = graph.reshape(x, [1, sizeOf(x.shape) / channels, channels]);
  const { y, stats } = groupNormed(flat, gamma, beta, channels, eps);
  return { y: graph.reshape(y!, x.shape), stats: stats! };
}

/** The mean over the pixels: x [N, H, W, C] → [N, 1, 1, C]. */
export function meanPixels(x: Tensor): Tensor {
  const { graph } = x;
  const [, H, W] = x.shape as [number, number, number, number];
  return graph.apply(reduce, { x }, { op: 'mean', axes: [1, 2], keep: true }, (dy) => ({
    // Every pixel is the nearest one to the only one.
    x: graph.apply(resize, { x: unary('scale', dy, 1 / (H * W)) }, { size: [H, W], mode: 'nearest' }).y!,
  })).y!;
}

/** Images x [N, H, W, 4C] at twice the size: [N, 2H, 2W, C], channels (y, x, c) of a pixel become four (Shi et al. 2016). */
export function pixelShuffle(x: Tensor): Tensor {
  const { graph } = x;
  const [N, H, W, C4] = x.shape as [number, number, number, number];
  const parts = graph.reshape(x, [N * H, W, 2, 2, C4 / 4]);
  return graph.reshape(transpose(parts, [0, 2, 1, 3, 4]), [N, 2 * H, 2 * W, C4 / 4]);
}

/** weight [vocab, width] at ids [rows…] → [rows…, width]. */
export const embedding = (weight: Tensor, ids: Tensor): Tensor =>
  weight.graph.apply(embeddingKernel, { weight, ids }, {}, (dy) => ({
    weight: weight.graph.apply(embeddingBackward, { dy, ids }, { vocab: weight.shape[0]! }).dweight!,
  })).y!;

/** softmax(q·kᵀ/√D)·v: q [B, H, S, D], k and v [B, Hkv, T, D]. */
export function attention(q: Tensor, k: Tensor, v: Tensor, causal: boolean): Tensor {
  const { graph } = q;
  return graph.apply(attentionKernel, { q, k, v }, { causal }, (dO, { o, lse }) => {
    const inputs = { q, k, v, o: o!, lse: lse!, do: dO };
    const d = graph.apply(attentionBackward, inputs, { causal });
    return { q: d.dq!, k: d.dk!, v: d.dv! };
  }).o!;
}

export interface Loss {
  /** Of each row, f32. Its gradient is one number [1], that of the mean of all rows: 1, or the loss scale. */
  readonly loss: Tensor;
  /** Of each row, 1 where the target has the largest logit. */
  readonly hit: Tensor;
}

/** −log softmax(logits)[target]: logits [rows…, classes], targets [rows…], −1 where there is none. */
export function crossEntropy(logits: Tensor, targets: Tensor): Loss {
  const { graph } = logits;
  const { loss, hit } = graph.apply(crossEntropyKernel, { logits, targets }, {}, (scale, { lse }) => ({
    logits: graph.apply(crossEntropyBackward, { logits, targets, lse: lse!, scale }, {}).dlogits!,
  }));
  return { loss: loss!, hit: hit! };
}

/** mean (y − target)² of each row: both [rows, …]. There is no target to hit; `hit` is the error again. */
export function squaredError(y: Tensor, target: Tensor): Loss {
  const { graph } = y;
  const rows = y.shape[0]!;
  const width = sizeOf(y.shape) / rows;
  const flat = (x: Tensor): Tensor => graph.reshape(x, [rows, width]);
  const inputs = { a: flat(y), b: flat(target) };
  const { y: d } = graph.apply(elementwise, inputs, { op: 'sub' }, (dy) => ({
    a: dy,
    ...(target.differentiable && { b: unary('neg', dy) }),
  }));
  // The gradient of the mean is one number, which repeats along the difference.
  const { y: squares } = graph.apply(elementwise, { a: d! }, { op: 'square' }, (one) => ({
    a: unary('scale', binary('mul', d!, one), 2),
  }));
  const { y: loss } = graph.apply(
    reduce,
    { x: squares! },
    { op: 'mean', axes: [1], dtype: 'f32' },
    (scale) => ({ x: unary('scale', scale, 1 / (rows * width)) }),
  );
  return { loss: loss!, hit: loss! };
}

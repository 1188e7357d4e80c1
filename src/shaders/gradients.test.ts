/** Gradients' references against central differences of the forward references, in float64, along random directions. */
import { describe, expect, test } from 'vitest';
import type { Kernel, Reference } from '@/gpu/kernel';
import { Random } from '@/lib/random';
import { tensor, type HostTensor, type HostTensors } from '@/lib/tensor';
import { loadKernel } from './index';

/** A step that every input can take exactly: inputs are multiples of it. */
const H = 2 ** -12;
const grid = (shape: readonly number[], random: Random, about = 0): HostTensor => {
  const n = shape.reduce((a, b) => a * b, 1);
  return tensor(
    'f32',
    shape,
    random.normals(n).map((v) => Math.round((v + about) / H) * H),
  );
};

interface Pair {
  readonly forward: string;
  readonly backward: string;
  readonly attrs: Record<string, unknown>;
  readonly backwardAttrs?: Record<string, unknown>;
  inputs(random: Random): HostTensors;
  /** The output whose weighted sum is the loss. */
  readonly output: string;
  /** Name of that output's gradient among the backward inputs, or nothing where every weight is 1. */
  readonly seed?: string;
  /** Forward inputs and outputs that the backward pass takes besides. */
  readonly takes: readonly string[];
  /** Each input that has a gradient, and its name. */
  readonly gradients: Readonly<Record<string, string>>;
  readonly extra?: HostTensors;
}

const ids = tensor('i32', [9], [2, 0, 2, 4, -1, 1, 2, 0, 7]);
const targets = tensor('i32', [5], [3, 0, -1, 6, 2]);

const pairs: readonly Pair[] = [
  ...(['layer-norm', 'rms-norm'] as const).map((forward): Pair => {
    const centre = forward === 'layer-norm';
    return {
      forward,
      backward: `${forward}-backward`,
      attrs: { eps: 1e-3 },
      inputs: (random) => ({
        x: grid([6, 11], random, 0.3),
        gamma: grid([11], random, 1),
        ...(centre ? { beta: grid([11], random) } : {}),
      }),
      output: 'y',
      seed: 'dy',
      takes: ['x', 'gamma', 'stats'],
      gradients: { x: 'dx', gamma: 'dgamma', ...(centre ? { beta: 'dbeta' } : {}) },
    };
  }),
  {
    forward: 'group-norm',
    backward: 'group-norm-backward',
    attrs: { groups: 2, eps: 1e-3 },
    inputs: (random) => ({
      x: grid([3, 2, 3, 6], random, 0.3),
      gamma: grid([6], random, 1),
      beta: grid([6], random),
    }),
    output: 'y',
    seed: 'dy',
    takes: ['x', 'gamma', 'stats'],
    gradients: { x: 'dx', gamma: 'dgamma', beta: 'dbeta' },
  },
  {
    forward: 'cross-entropy',
    backward: 'cross-entropy-backward',
    attrs: {},
    backwardAttrs: { divisor: 1, dtype: 'same' },
    inputs: (random) => ({ logits: grid([5, 7], random), targets }),
    output: 'loss',
    takes: ['logits', 'targets', 'lse'],
    gradients: { logits: 'dlogits' },
    extra: { scale: tensor('f32', [1], [1]) },
  },
  {
    forward: 'embedding',
    backward: 'embedding-backward',
    attrs: {},
    backwardAttrs: { vocab: 5, dtype: 'same' },
    inputs: (random) => ({ weight: grid([5, 6], random), ids }),
    output: 'y',
    seed: 'dy',
    takes: ['ids'],
    gradients: { weight: 'dweight' },
  },
  {
    forward: 'dropout',
    backward: 'dropout',
    attrs: { p: 0.4, seed: 3, stream: 9 },
    inputs: (random) => ({ x: grid([8, 13], random) }),
    output: 'y',
    seed: 'x',
    takes: [],
    gradients: { x: 'y' },
  },
];

/** A window that reaches over three sides, strides apart, groups and a dilation. */
const window = { stride: [2, 1], dilation: [1, 2], padding: [1, 0, 2, 1], groups: 2 };

const convolutions: readonly Pair[] = [
  {
    forward: 'conv2d',
    backward: 'conv2d-backward-input',
    attrs: { ...window, activation: 'none' },
    backwardAttrs: { ...window, size: [6, 7] },
    inputs: (random) => ({ x: grid([2, 6, 7, 4], random), w: grid([6, 2, 3, 2], random) }),
    output: 'y',
    seed: 'dy',
    takes: ['w'],
    gradients: { x: 'dx' },
  },
  {
    forward: 'conv2d',
    backward: 'conv2d-backward-weights',
    attrs: { ...window, activation: 'none' },
    backwardAttrs: { ...window, taps: [3, 2] },
    inputs: (random) => ({
      x: grid([2, 6, 7, 4], random),
      w: grid([6, 2, 3, 2], random),
      bias: grid([6], random),
    }),
    output: 'y',
    seed: 'dy',
    takes: ['x'],
    gradients: { w: 'dw', bias: 'db' },
  },
];

const whole = (
  kernel: Kernel,
  reference: Reference<Record<string, unknown>>,
  inputs: HostTensors,
  attrs: Record<string, unknown>,
) => {
  const rows = kernel.rows({ inputs, attrs, outputs: kernel.infer(inputs, attrs) });
  return reference(
    inputs,
    attrs,
    Array.from({ length: rows }, (_, row) => row),
  );
};

describe.each([...pairs, ...convolutions])('$backward', (pair) => {
  test.each(Object.entries(pair.gradients))('of %s', async (input, gradient) => {
    const random = new Random(11);
    const forward = await loadKernel(pair.forward);
    const backward = await loadKernel(pair.backward);
    const inputs = pair.inputs(random);
    const specs = forward.kernel.infer(inputs, pair.attrs);
    const results = whole(forward.kernel, forward.reference, inputs, pair.attrs);
    const weights = pair.seed
      ? tensor('f32', specs[pair.output]!.shape, random.normals(results[pair.output]!.length))
      : undefined;

    const direction = random.normals(inputs[input]!.data.length).map(Math.sign);
    const lossAt = (step: number): number => {
      const moved = Float32Array.from(inputs[input]!.data, (v, i) => v + step * direction[i]!);
      const next = { ...inputs, [input]: { ...inputs[input]!, data: moved } };
      const y = whole(forward.kernel, forward.reference, next, pair.attrs)[pair.output]!;
      return y.reduce((sum, v, i) => sum + v * (weights?.data[i] ?? 1), 0);
    };
    const difference = (lossAt(H) - lossAt(-H)) / (2 * H);

    const taken = pair.takes.map((name) => [
      name,
      inputs[name] ?? tensor('f32', specs[name]!.shape, results[name]!),
    ]);
    const given: HostTensors = {
      ...(Object.fromEntries(taken) as HostTensors),
      ...pair.extra,
      ...(pair.seed && weights ? { [pair.seed]: weights } : {}),
    };
    const found = whole(backward.kernel, backward.reference, given, pair.backwardAttrs ?? pair.attrs)[
      gradient
    ]!;
    const derivative = found.reduce((sum, v, i) => sum + v * direction[i]!, 0);
    const size = Math.hypot(...found);
    expect(Math.abs(derivative)).toBeGreaterThan(0.01 * size);
    expect(Math.abs(derivative - difference)).toBeLessThan(1e-5 * size);
  });
});

/**
 * A convolution and the batch norm after it as one convolution (Jacob et al. 2018, §3.2), in double precision:
 * w' = w·γ/√(σ² + ε), b' = β − μ·γ/√(σ² + ε).
 */
import { tensor, type HostTensor } from '@/lib/tensor';

export interface Folded {
  /** [outputs, inputs / groups, k, k]. */
  readonly weight: HostTensor;
  /** [outputs]. */
  readonly bias: HostTensor;
}

/** Of each output. */
export interface Norm {
  readonly eps: number;
  readonly gamma: Float64Array;
  readonly beta: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export function fold(
  shape: readonly [number, number, number, number],
  weight: Float64Array,
  after: Norm | { readonly bias: Float64Array },
): Folded {
  const [outputs] = shape;
  if ('bias' in after)
    return { weight: tensor('f32', shape, weight), bias: tensor('f32', [outputs], after.bias) };
  const { eps, gamma, beta, mean, variance } = after;
  const scale = gamma.map((g, o) => g / Math.sqrt(variance[o]! + eps));
  const each = weight.length / outputs;
  return {
    weight: tensor(
      'f32',
      shape,
      weight.map((w, i) => w * scale[Math.floor(i / each)]!),
    ),
    bias: tensor(
      'f32',
      [outputs],
      beta.map((b, o) => b - mean[o]! * scale[o]!),
    ),
  };
}

/**
 * The score network: a perceptron F(c_in x, c_noise) with three hidden layers of SiLU, and its derivative along directions of
 * the input. A tangent needs no kernel of its own: with y = x·W + b and h = y σ(y), it is ẏ = ẋ·W and
 * ḣ = ẏ (σ(y) + h σ(−y)), operations that the backward pass differentiates once more.
 */
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import { constant, normal, type ParameterSpec } from '@/tensor/parameters';

/** c_in x and c_noise. */
export const INPUTS = 3;
const HIDDEN = 3;

const layersOf = (width: number): readonly (readonly [from: number, to: number])[] => [
  [INPUTS, width],
  ...Array.from({ length: HIDDEN - 1 }, () => [width, width] as const),
  [width, 2],
];

export const parametersOf = (width: number): ParameterSpec[] =>
  layersOf(width).flatMap(([from, to], i): ParameterSpec[] => [
    { name: `layers.${i}.weight`, shape: [from, to], init: normal(from, i < HIDDEN ? Math.SQRT2 : 1) },
    { name: `layers.${i}.bias`, shape: [to], init: constant(0) },
  ]);

type Weight = (name: string) => Tensor;

/** F [N, 2] at u [N, 3]; with tangents u̇ [D, N, 3] also Ḟ [D, N, 2], the derivatives of F along them. */
export function output(weight: Weight, u: Tensor): Tensor;
export function output(weight: Weight, u: Tensor, tangents: Tensor): readonly [F: Tensor, along: Tensor];
export function output(weight: Weight, u: Tensor, tangents?: Tensor): Tensor | readonly [Tensor, Tensor] {
  let [h, along] = [u, tangents];
  for (let i = 0; i <= HIDDEN; i++) {
    const W = weight(`layers.${i}.weight`);
    const y = ops.linear(h, W, weight(`layers.${i}.bias`));
    along &&= ops.linear(along, W);
    if (i === HIDDEN) {
      h = y;
      continue;
    }
    h = ops.silu(y);
    along &&= ops.mul(along, slope(y, h));
  }
  return along ? [h, along] : h;
}

/** SiLU′(y) = σ(y) + h σ(−y), where h = SiLU(y). */
const slope = (y: Tensor, h: Tensor): Tensor =>
  ops.add(ops.unary('sigmoid', y), ops.mul(h, ops.unary('sigmoid', ops.unary('neg', y))));

/** F at one point in double precision, from all weights as [layout.size]. */
export function outputOf(
  slices: readonly { readonly name: string; readonly shape: readonly number[]; readonly from: number }[],
  weights: ArrayLike<number>,
): (u: readonly number[]) => number[] {
  const at = new Map(slices.map(({ name, from }) => [name, from]));
  const layers = slices
    .filter(({ name }) => name.endsWith('.weight'))
    .map(({ name, shape, from }) => ({
      from,
      bias: at.get(name.replace('weight', 'bias'))!,
      size: shape as readonly [number, number],
    }));
  return (u) =>
    layers.reduce(
      (x, { from, bias, size: [K, N] }, i) => {
        const y = new Array<number>(N);
        for (let n = 0; n < N; n++) {
          let sum = weights[bias + n]!;
          for (let k = 0; k < K; k++) sum += x[k]! * weights[from + k * N + n]!;
          y[n] = i === layers.length - 1 ? sum : sum / (1 + Math.exp(-sum));
        }
        return y;
      },
      [...u],
    );
}

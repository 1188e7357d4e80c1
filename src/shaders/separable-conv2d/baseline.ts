/** The two convolutions one after the other on one CPU core, each by its own tuned baseline. */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import { baseline as convolution } from '@/shaders/conv2d/baseline';
import { baseline as product } from '@/shaders/matmul/baseline';
import { depthwiseAttrs, depthwiseInputs, type SeparableAttrs } from './dims';

export const baseline: Baseline<SeparableAttrs> = (inputs, attrs, [start, end]) => {
  const C = inputs.x!.shape.at(-1) ?? 1;
  const between = convolution(depthwiseInputs(inputs), depthwiseAttrs(attrs, C), [start, end]).y!;
  const rows = end - start;
  const pointwise = inputs.pointwise!;
  const Cout = pointwise.shape[0]!;
  const { bias, residual } = inputs as Readonly<Record<string, BaselineInput | undefined>>;
  const operands = {
    a: { shape: [rows, C], data: between },
    b: pointwise,
    ...(bias && { bias }),
    ...(residual && {
      residual: { shape: [rows, Cout], data: residual.data.subarray(start * Cout, end * Cout) },
    }),
  };
  const { activation } = attrs;
  const own = { transA: false, transB: true, accumulate: 'f32', alpha: 1, activation } as const;
  return { y: product(operands, own, [0, rows]).c! };
};

/** Both convolutions in float64, with nothing rounded between them; a row is one pixel of y. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { reference as convolution } from '@/shaders/conv2d/reference';
import { unary } from '@/shaders/elementwise/functions';
import { depthwiseAttrs, depthwiseInputs, dims, type SeparableAttrs } from './dims';

export const reference: Reference<SeparableAttrs> = (inputs, attrs, rows) => {
  const { depthwise, Cout } = dims(inputs, attrs);
  const { C } = depthwise;
  const between = convolution(depthwiseInputs(inputs), depthwiseAttrs(attrs, C), rows).y!;
  const pointwise = toFloat64(inputs.pointwise!);
  const optional = inputs as Readonly<Record<string, HostTensor | undefined>>;
  const bias = optional.bias && toFloat64(optional.bias);
  const residual = optional.residual && toFloat64(optional.residual);
  const act = attrs.activation === 'none' ? undefined : unary[attrs.activation].f;
  const y = new Float64Array(rows.length * Cout);
  rows.forEach((pixel, r) => {
    for (let o = 0; o < Cout; o++) {
      let sum = bias?.[o] ?? 0;
      for (let c = 0; c < C; c++) sum += between[r * C + c]! * pointwise[o * C + c]!;
      y[r * Cout + o] = (act ? act(sum) : sum) + (residual?.[pixel * Cout + o] ?? 0);
    }
  });
  return { y };
};

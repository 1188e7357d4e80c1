/** dx = f′(x)·dy on one CPU core, one loop. */
import type { Baseline } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { unary } from '@/shaders/elementwise/functions';
import type { ElementwiseBackwardAttrs } from './kernel';

export const baseline: Baseline<ElementwiseBackwardAttrs> = (inputs, { op, alpha }, [start, end]) => {
  const { slope } = unary[op];
  const width = sizeOf(inputs.x!.shape.slice(1));
  const x = inputs.x!.data.subarray(start * width, end * width);
  const dy = inputs.dy!.data.subarray(start * width, end * width);
  const dx = new Float32Array(x.length);
  for (let i = 0; i < dx.length; i++) dx[i] = slope(x[i]!, alpha) * dy[i]!;
  return { dx };
};
